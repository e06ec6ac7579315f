/**
 * A control that a test switches off, to show that the attack it stops then succeeds: a probe that
 * fails either way would prove nothing. Reached only through `testing.ts`.
 */
export type Weakening =
  | 'seccomp'
  | 'network-namespace'
  | 'user-namespace-limit'
  | 'process-one-mask'
  | 'read-only-root'
  | 'temporary-folder-limit'
  | 'control-group'
  | 'open-file-limit'
  | 'host-user'
  | 'capabilities'
  | 'ipc-namespace'
  | 'host-name-namespace'
  | 'shared-memory-limit'
  | 'new-session';

export type Weakenings = ReadonlySet<Weakening>;
