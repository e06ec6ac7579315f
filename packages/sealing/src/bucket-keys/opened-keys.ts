export interface OpenedKey {
  readonly keyId: string;
  readonly dataKey: Buffer;
  readonly wrapped: Buffer;
  readonly keyArn: string;
}

interface Entry extends OpenedKey {
  readonly expiresAt: number;
  remainingUses: number;
}

export interface OpenedKeysOptions {
  readonly clock: () => Date;
  readonly lifetimeMilliseconds: number;
  readonly maximumUses: number;
  readonly maximumCount: number;
}

/**
 * Opened data keys for a limited time and number of uses. A key that is forgotten stays intact for whoever
 * is using it in this turn, so it is left to the garbage collector and not overwritten.
 */
export class OpenedKeys {
  readonly #options: OpenedKeysOptions;
  /** In the order in which they were put in. */
  readonly #entries = new Map<string, Entry>();

  constructor(options: OpenedKeysOptions) {
    this.#options = options;
  }

  has(name: string): boolean {
    return this.#current(name) !== undefined;
  }

  /** Counts as a use. */
  take(name: string): OpenedKey | undefined {
    const entry = this.#current(name);
    if (entry === undefined) return undefined;
    entry.remainingUses -= 1;
    return entry;
  }

  /** Whoever puts it in uses it, which counts. */
  put(name: string, key: OpenedKey): void {
    const { clock, lifetimeMilliseconds, maximumUses, maximumCount } = this.#options;
    const expiresAt = clock().getTime() + lifetimeMilliseconds;
    this.#entries.delete(name);
    this.#entries.set(name, { ...key, expiresAt, remainingUses: maximumUses - 1 });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > maximumCount && oldest !== undefined) this.#entries.delete(oldest);
  }

  forget(keyId: string): void {
    for (const [name, entry] of this.#entries) {
      if (entry.keyId === keyId) this.#entries.delete(name);
    }
  }

  forgetExpired(): void {
    for (const name of [...this.#entries.keys()]) this.#current(name);
  }

  forgetAll(): void {
    this.#entries.clear();
  }

  #current(name: string): Entry | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    const now = this.#options.clock().getTime();
    if (entry.remainingUses > 0 && now < entry.expiresAt) return entry;
    this.#entries.delete(name);
    return undefined;
  }
}
