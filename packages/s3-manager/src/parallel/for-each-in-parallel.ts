import { setMaxListeners } from 'node:events';
import { requireNotAborted } from '../errors/require-not-aborted.ts';
/**
 * Does `task` for every item, at most `count` at once. After the first failure no further item is
 * begun, `signal` of those that run is aborted, and it rejects once all of them have ended: nothing
 * goes on behind the caller's back, so files may be closed and removed.
 */
export async function forEachInParallel<T>(
  items: Iterable<T>,
  limits: { readonly count: number; readonly signal?: AbortSignal | undefined },
  task: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const signal = limits.signal ? AbortSignal.any([limits.signal, stop.signal]) : stop.signal;
  // Each request listens to it, and each body: more than the ten after which Node.js suspects a leak.
  setMaxListeners(0, signal);
  const iterator = items[Symbol.iterator]();
  let failure: { readonly error: unknown } | undefined;

  const work = async (): Promise<void> => {
    for (;;) {
      const next = failure === undefined ? iterator.next() : { done: true as const };
      if (next.done) return;
      try {
        requireNotAborted(limits.signal);
        await task(next.value as T, signal);
      } catch (error) {
        failure ??= { error };
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: limits.count }, work));
  if (failure !== undefined) throw failure.error;
}
