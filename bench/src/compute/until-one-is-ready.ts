import { setTimeout as delay } from 'node:timers/promises';
import type { StudioPerson } from '../strongroom/studio-person.ts';

const patienceMilliseconds = 60_000;
/** What a started kernel still does after it has been started (ipykernel loads on). */
const settleMilliseconds = 4_000;

/** Beside those that are used, and those that were and may be ending yet: as a person's pace allows. */
export async function untilOneIsReady(
  person: StudioPerson,
  usedCount: number,
  left: ReadonlySet<string> = new Set(),
): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    const apps = await person.runningApps();
    const running = apps.filter(
      ({ appType, stage, kernelId }) =>
        appType === 'KernelGateway' && stage === 'running' && !left.has(kernelId ?? ''),
    );
    if (running.length > usedCount) break;
    if (performance.now() > deadline) throw new Error('No kernel was made ready');
    await delay(100);
  }
  await delay(settleMilliseconds);
}
