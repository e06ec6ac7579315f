import type { FlowLog, FlowObservation } from '../flows/flow-log.ts';

/** A flow log that a test reads, and waits for. */
export class CollectedFlows implements FlowLog {
  readonly all: FlowObservation[] = [];
  #waiting: (() => void)[] = [];

  record(observation: FlowObservation): void {
    this.all.push(observation);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async flush(): Promise<void> {
    // Nothing is written anywhere.
  }

  /** The first that fits, also if it is recorded later. */
  async until(fits: (flow: FlowObservation) => boolean): Promise<FlowObservation> {
    for (;;) {
      const found = this.all.find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}
