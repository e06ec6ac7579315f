import { setTimeout as delay } from 'node:timers/promises';
import type { StudioPerson } from '../strongroom/studio-person.ts';

const patienceMilliseconds = 60_000;
/** What a started kernel still does after it has been started (ipykernel loads on). */
const settleMilliseconds = 3_000;

/** Beside those that are used: as a person's pace allows. */
export async function untilOneIsReady(person: StudioPerson, usedCount: number): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    const apps = await person.runningApps();
    const running = apps.filter(
      ({ appType, stage }) => appType === 'KernelGateway' && stage === 'running',
    );
    if (running.length > usedCount) break;
    if (performance.now() > deadline) throw new Error('No kernel was made ready');
    await delay(100);
  }
  await delay(settleMilliseconds);
}
