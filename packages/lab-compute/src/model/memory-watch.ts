import { type MemoryLevel, memoryLevel } from './memory-level.ts';

/** Below this a warning is over, so that one at the border does not come and go. */
const overPart = 0.75;

/** Which warning of a kernel's memory is due. */
export class MemoryWatch {
  #kernelId: string | undefined;
  #warned: MemoryLevel = 'normal';
  #isDismissed = false;

  /** The level to warn of; `normal` for none. */
  get level(): MemoryLevel {
    return this.#isDismissed ? 'normal' : this.#warned;
  }

  observe(kernelId: string | undefined, usedBytes: number | null, limitBytes: number): void {
    if (kernelId !== this.#kernelId) this.#begin(kernelId);
    const level = memoryLevel(usedBytes, limitBytes);
    if (level === 'critical' && this.#warned !== 'critical') this.#isDismissed = false;
    if (level === 'critical' || this.#warned === 'normal') this.#warned = level;
    if (usedBytes === null || usedBytes < limitBytes * overPart) this.#begin(kernelId);
  }

  /** Not said again until it is worse, or has been better. */
  dismiss(): void {
    this.#isDismissed = true;
  }

  #begin(kernelId: string | undefined): void {
    this.#kernelId = kernelId;
    this.#warned = 'normal';
    this.#isDismissed = false;
  }
}
