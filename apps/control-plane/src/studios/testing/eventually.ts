import { expect } from 'vitest';

/** Asks again until it holds: on a busy machine that takes longer than `expect.poll` waits by itself. */
export function eventually<Value>(ask: () => Value | Promise<Value>) {
  return expect.poll(ask, { timeout: 20_000 });
}
