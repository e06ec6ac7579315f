import type { CgroupSetup } from '../host-setup.ts';
import { type ControlState, enforced, partial, unenforced } from './controls.ts';
import type { CpuOutcome, MemoryOutcome } from './probe-sandboxes.ts';

export interface LimitEvidence {
  readonly cgroupSetup: CgroupSetup;
  readonly memory: MemoryOutcome;
  readonly cpu: CpuOutcome;
  readonly processesWereStopped: boolean;
}

/** Pure: which limits held when they were tried. */
export function judgeLimits(evidence: LimitEvidence): ControlState[] {
  const { cgroupSetup } = evidence;
  if (cgroupSetup.version === 'none') {
    return withoutCgroups(cgroupSetup.reason, evidence);
  }
  const by = `(control groups ${cgroupSetup.version})`;
  const remedy = 'Give the memory, cpu and pids controllers to the group that Strongroom runs in';
  return [
    evidence.memory === 'killed'
      ? enforced('memory-limit', `A process that took too much memory was stopped ${by}`)
      : unenforced('memory-limit', `Memory beyond the limit was given out ${by}`, remedy),
    judgeCpu(evidence.cpu, by, remedy),
    evidence.processesWereStopped
      ? enforced('process-limit', `New processes were refused at the limit ${by}`)
      : unenforced('process-limit', `More processes than the limit were started ${by}`, remedy),
  ];
}

function judgeCpu(outcome: CpuOutcome, by: string, remedy: string): ControlState {
  switch (outcome) {
    case 'throttled':
      return enforced('cpu-limit', `A busy process was held to its share of a processor ${by}`);
    case 'undecided':
      return enforced('cpu-limit', `The limit is set; the machine is too busy to reach it ${by}`);
    case 'unlimited':
      return unenforced('cpu-limit', `A busy process was not held back ${by}`, remedy);
  }
}

function withoutCgroups(
  reason: string,
  { memory, processesWereStopped }: LimitEvidence,
): ControlState[] {
  const remedy =
    'Start Strongroom as root, or under systemd with Delegate=yes (memory, cpu, pids), so that it may make control groups';
  const because = `no control group can be made: ${reason}`;
  return [
    memory === 'held'
      ? unenforced('memory-limit', `Memory is not limited; ${because}`, remedy)
      : partial(
          'memory-limit',
          `Each process is limited, all together are not; ${because}`,
          remedy,
        ),
    unenforced('cpu-limit', `Processor time is not limited; ${because}`, remedy),
    processesWereStopped
      ? enforced('process-limit', 'New processes were refused at the limit of the user namespace')
      : unenforced('process-limit', `The number of processes is not limited; ${because}`, remedy),
  ];
}
