import type { KernelMessage } from './kernel-message.ts';

/** What may wait for one client that is slow or away. */
export const outboxLimitBytes = 32 * 1024 * 1024;

/** Fewer holes than this are not worth moving the rest for. */
const smallestCompaction = 4096;

/**
 * What waits for one client, in order. Beyond the limit the oldest outputs go, then the oldest
 * other publications; statuses and answers stay, since a cell that misses one never ends.
 */
export class Outbox {
  readonly #limitBytes: number;
  /** `undefined` where a message was taken or dropped. */
  #slots: (KernelMessage | undefined)[] = [];
  #count = 0;
  #sizeBytes = 0;
  #head = 0;
  /** Nothing of that importance lies before these. */
  #oldest = { output: 0, publication: 0 };
  #firstDropped: KernelMessage | undefined;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  push(message: KernelMessage): void {
    this.#slots.push(message);
    this.#count += 1;
    this.#sizeBytes += message.sizeBytes;
    while (this.#sizeBytes > this.#limitBytes) {
      if (!this.#dropOldest('output') && !this.#dropOldest('publication')) break;
    }
    this.#compact();
  }

  shift(): KernelMessage | undefined {
    while (this.#head < this.#slots.length) {
      const message = this.#take(this.#head);
      this.#head += 1;
      if (message !== undefined) return message;
    }
    this.#compact();
    return undefined;
  }

  /** The first message that was dropped since the last call: a notice about it belongs in its cell. */
  takeFirstDropped(): KernelMessage | undefined {
    const message = this.#firstDropped;
    this.#firstDropped = undefined;
    return message;
  }

  #dropOldest(importance: 'output' | 'publication'): boolean {
    let index = Math.max(this.#oldest[importance], this.#head);
    while (index < this.#slots.length && this.#slots[index]?.importance !== importance) index += 1;
    this.#oldest[importance] = index;
    const message = this.#take(index);
    this.#firstDropped ??= message;
    return message !== undefined;
  }

  #take(index: number): KernelMessage | undefined {
    const message = this.#slots[index];
    if (message === undefined) return undefined;
    this.#slots[index] = undefined;
    this.#count -= 1;
    this.#sizeBytes -= message.sizeBytes;
    return message;
  }

  #compact(): void {
    const holeCount = this.#slots.length - this.#count;
    if (holeCount < smallestCompaction || holeCount * 2 < this.#slots.length) return;
    this.#slots = this.#slots.filter((message) => message !== undefined);
    this.#head = 0;
    this.#oldest = { output: 0, publication: 0 };
  }
}
