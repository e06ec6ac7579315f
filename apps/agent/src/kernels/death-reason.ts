import type { KernelNotices } from './kernel-notices.ts';
import type { KernelEnd, KernelProcess } from './kernel-process.ts';
import type { KernelTimes } from './kernel-times.ts';
import type { RestartPolicy } from './restart-policy.ts';

/** Why a kernel whose run ended is not started again; `undefined` where it is to be. */
export function findDeathReason(
  end: KernelEnd,
  options: {
    readonly process: KernelProcess;
    readonly notices: () => KernelNotices;
    readonly times: KernelTimes;
    readonly policy: RestartPolicy;
  },
): string | undefined {
  const { policy, times } = options;
  const notices = options.notices();
  if (end.cause === 'silent') return notices.neverStarted(times.startMilliseconds / 1_000);
  if (end.cause === 'exited' && !end.exit.outOfMemory) {
    const { reason, stoppedByPerson } = end.exit;
    if (reason !== null) return notices.endedFor(reason);
    if (stoppedByPerson) return notices.stoppedInConsole();
  }
  const ranMilliseconds = performance.now() - options.process.startedAtMilliseconds;
  if (policy.allowsRestart(ranMilliseconds)) return undefined;
  return notices.notRestarted(end, policy.quickEndCount);
}
