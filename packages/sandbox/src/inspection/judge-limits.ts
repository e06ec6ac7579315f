import type { CgroupSetup } from '../host-setup.ts';
import {
  type ControlName,
  type ControlState,
  enforced,
  partial,
  unenforced,
  untried,
} from './controls.ts';
import type { CpuOutcome, LimitOutcome } from './probe-sandboxes.ts';

export interface LimitEvidence {
  readonly cgroupSetup: CgroupSetup;
  readonly memory: LimitOutcome;
  readonly cpu: CpuOutcome;
  readonly processes: LimitOutcome;
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
    judgeLimit('memory-limit', evidence.memory, {
      stopped: `A process that took too much memory was stopped ${by}`,
      exceeded: `Memory beyond the limit was given out ${by}`,
      remedy,
    }),
    judgeCpu(evidence.cpu, by, remedy),
    judgeLimit('process-limit', evidence.processes, {
      stopped: `New processes were refused at the limit ${by}`,
      exceeded: `More processes than the limit were started ${by}`,
      remedy,
    }),
  ];
}

function judgeLimit(
  control: ControlName,
  outcome: LimitOutcome,
  texts: { stopped: string; exceeded: string; remedy: string },
): ControlState {
  switch (outcome) {
    case 'stopped':
      return enforced(control, texts.stopped);
    case 'exceeded':
      return unenforced(control, texts.exceeded, texts.remedy);
    case 'undecided':
      return untried(control);
  }
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

function withoutCgroups(reason: string, { memory, processes }: LimitEvidence): ControlState[] {
  const remedy =
    'Start Strongroom as root, or under systemd with Delegate=yes (memory, cpu, pids), so that it may make control groups';
  const because = `no control group can be made: ${reason}`;
  return [
    memory === 'stopped'
      ? partial('memory-limit', `Each process is limited, all together are not; ${because}`, remedy)
      : unenforced('memory-limit', `Memory is not limited; ${because}`, remedy),
    unenforced('cpu-limit', `Processor time is not limited; ${because}`, remedy),
    judgeLimit('process-limit', processes, {
      stopped: 'New processes were refused at the limit of the user namespace',
      exceeded: `The number of processes is not limited; ${because}`,
      remedy,
    }),
  ];
}
