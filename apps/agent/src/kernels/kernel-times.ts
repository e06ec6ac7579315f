/** How long a kernel is waited for, in milliseconds. */
export interface KernelTimes {
  /** From its start until it is heard. */
  readonly startMilliseconds: number;
  /** Between two attempts to hear it. */
  readonly nudgeMilliseconds: number;
  /** For the answer to an interrupt or shutdown request, before it is done without the kernel. */
  readonly interruptMilliseconds: number;
  /** From its answer to a shutdown request until its exit: what it runs at exit needs time. */
  readonly shutdownMilliseconds: number;
  /** For anything else, before a person is told that the kernel does not answer. */
  readonly silenceMilliseconds: number;
  /** From the loss of a socket until a new connection is made, where ZeroMQ has made none. */
  readonly reconnectMilliseconds: number;
  /** From the loss of a socket until it counts as closed by the kernel. */
  readonly unreachableMilliseconds: number;
  /** From its exit until its last words have been read. */
  readonly drainMilliseconds: number;
}

export const kernelTimes: KernelTimes = {
  startMilliseconds: 60_000,
  nudgeMilliseconds: 10,
  interruptMilliseconds: 1_000,
  shutdownMilliseconds: 3_000,
  silenceMilliseconds: 10_000,
  reconnectMilliseconds: 200,
  unreachableMilliseconds: 3_000,
  drainMilliseconds: 50,
};
