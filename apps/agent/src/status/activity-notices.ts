const workMilliseconds = 1_000;

/**
 * Tells the control plane what the studio does: at once where something begins or ends, and once a
 * second at most where kernels work and rest, however short their cells are.
 */
export class ActivityNotices {
  readonly #tell: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell();
  }

  soon(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.now(), workMilliseconds);
    this.#timer.unref();
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
