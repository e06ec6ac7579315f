import type { KernelMessage } from './kernel-message.ts';
import {
  displayLimits,
  OutputGate,
  type OutputLimits,
  streamLimits,
  type Verdict,
} from './output-gate.ts';

/** The output that one cell may send: each cell begins anew, so that a large one harms no other. */
export class CellOutput {
  readonly #now: () => number;
  #streams: OutputGate;
  #displays: OutputGate;

  /** `now` in milliseconds, never going back. */
  constructor(now: () => number) {
    this.#now = now;
    this.#streams = new OutputGate(streamLimits, now);
    this.#displays = new OutputGate(displayLimits, now);
  }

  beginCell(): void {
    this.#streams = new OutputGate(streamLimits, this.#now);
    this.#displays = new OutputGate(displayLimits, this.#now);
  }

  judge(message: KernelMessage): { readonly verdict: Verdict; readonly limits: OutputLimits } {
    const gate = message.header.messageType === 'stream' ? this.#streams : this.#displays;
    const verdict = message.importance === 'output' ? gate.judge(message.sizeBytes) : 'pass';
    return { verdict, limits: gate.limits };
  }
}
