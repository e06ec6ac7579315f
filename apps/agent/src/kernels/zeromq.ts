export type ZeroMq = typeof import('zeromq');

let loading: Promise<ZeroMq> | undefined;

/** The native add-on, loaded with the first kernel: a studio without one does without its memory. */
export function loadZeroMq(): Promise<ZeroMq> {
  loading ??= import('zeromq');
  return loading;
}
