import type { StudioLog } from './studio-log.ts';

/** Undoes what was done, the last first; what fails is logged and the rest goes on. */
export class TearDown {
  readonly #steps: { readonly what: string; undo(): Promise<void> }[] = [];
  readonly #log: StudioLog;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(log: StudioLog, fields: Readonly<Record<string, unknown>>) {
    this.#log = log;
    this.#fields = fields;
  }

  add(what: string, undo: () => Promise<void>): void {
    this.#steps.push({ what, undo });
  }

  /** Each step at most once. */
  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.undo();
      } catch (error) {
        this.#log.error(
          { ...this.#fields, err: error, what: step.what },
          'Cannot clean up a studio',
        );
      }
    }
  }
}
