interface OpenExchange {
  readonly isStillAllowed: () => Promise<boolean>;
  readonly cut: () => void;
}

const reviewMilliseconds = 10_000;

/** What goes on now. A clone may take minutes, and the right to it may end before. */
export class OpenExchanges {
  readonly #open = new Set<OpenExchange>();
  readonly #timer = setInterval(() => void this.review(), reviewMilliseconds).unref();

  /** Returns what ends it. */
  enter(exchange: OpenExchange): () => void {
    this.#open.add(exchange);
    return () => void this.#open.delete(exchange);
  }

  /** Where it cannot be decided it is cut: nothing goes on by default. */
  async review(): Promise<void> {
    const asked = [...this.#open].map(async (exchange) => {
      const isAllowed = await exchange.isStillAllowed().catch(() => false);
      if (!isAllowed && this.#open.has(exchange)) exchange.cut();
    });
    await Promise.all(asked);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
