import type { KeyChange } from './key-requests.ts';

type Listener = (change: KeyChange) => void;

/** Tells everybody in the same turn, so that no answer from a cache comes after the change. */
export class KeyChangeListeners {
  readonly #listeners = new Set<Listener>();

  on(_event: 'changed', listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One listener that fails keeps no other from hearing. @throws {AggregateError} afterwards */
  tell(change: KeyChange): void {
    const errors: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(change);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Cannot forget what a key opened');
  }
}
