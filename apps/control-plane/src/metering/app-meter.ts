import type { Meter } from './meter.ts';

/** What tells of apps that run and that ended: `Meter` measures this machine's, a ledger follows SageMaker's. */
export type AppMeter = Pick<Meter, 'running' | 'onEnded' | 'runningCount' | 'beatAgeSeconds'>;
