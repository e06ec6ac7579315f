import type { AppUsage, StudioCompute, StudioCost } from '@strongroom/contracts';
import { ask, read } from './ask.ts';
import { parseApps, parseCompute } from './parse-compute.ts';
import { parseCost } from './parse-cost.ts';

export interface AppsNow {
  readonly apps: readonly AppUsage[];
  /** The platform's clock: what ends when is told in its time. */
  readonly at: Date;
}

/** What can be chosen, what runs and what it costs, as the gateway answers on this origin. */
export class ComputeApi {
  async offers(): Promise<StudioCompute> {
    return read(parseCompute, await ask('compute'));
  }

  async apps(): Promise<AppsNow> {
    const answer = await ask('compute/apps');
    return { apps: read(parseApps, answer).apps, at: answer.at };
  }

  /** Ends it; also one that waits for its turn. */
  async stop(appId: string): Promise<void> {
    await ask(`compute/apps/${encodeURIComponent(appId)}`, { method: 'DELETE' });
  }

  async keepRunning(appId: string): Promise<void> {
    await ask(`compute/apps/${encodeURIComponent(appId)}/keep-running`, { method: 'POST' });
  }

  async cost(): Promise<StudioCost> {
    return read(parseCost, await ask('cost'));
  }
}
