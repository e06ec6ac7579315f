import { AgentError } from '../http/agent-error.ts';

/** Whether a kernel has ever answered: known once, whatever becomes of it later. */
export class FirstLife {
  /** Rejects with `Unavailable` where it died before it was heard. */
  readonly settled: Promise<void>;
  #resolve: () => void = () => {};
  #reject: (error: AgentError) => void = () => {};

  constructor() {
    this.settled = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Mostly nobody waits for it.
    this.settled.catch(() => {});
  }

  begin(): void {
    this.#resolve();
  }

  fail(reason: string): void {
    this.#reject(new AgentError('Unavailable', reason));
  }
}
