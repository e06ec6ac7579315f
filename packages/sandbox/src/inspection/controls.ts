/** What a host is asked to enforce, in the order in which it is told. */
export const controlNames = [
  'user-separation',
  'user-namespace',
  'pid-namespace',
  'ipc-namespace',
  'network-namespace',
  'seccomp',
  'no-new-privileges',
  'no-capabilities',
  'read-only-root',
  'private-proc',
  'memory-limit',
  'cpu-limit',
  'process-limit',
  'open-file-limit',
  'temporary-folder-limit',
  'home-encryption',
  'home-quota',
] as const;

export type ControlName = (typeof controlNames)[number];

export interface ControlState {
  readonly control: ControlName;
  readonly state: 'enforced' | 'partial' | 'unenforced';
  /** What was tried and what came of it, one English sentence. */
  readonly detail: string;
  /** What to do about it; null where it is enforced. */
  readonly remedy: string | null;
}

export function enforced(control: ControlName, detail: string): ControlState {
  return { control, state: 'enforced', detail, remedy: null };
}

export function partial(control: ControlName, detail: string, remedy: string): ControlState {
  return { control, state: 'partial', detail, remedy };
}

export function unenforced(control: ControlName, detail: string, remedy: string): ControlState {
  return { control, state: 'unenforced', detail, remedy };
}

/** Not shown to hold, and not shown not to: it counts as the latter. */
export function untried(control: ControlName): ControlState {
  const detail = 'Twice the probe ended before it had shown whether this holds';
  return unenforced(control, detail, 'Try again when the machine is less busy');
}
