import { useSyncExternalStore } from 'react';
import { type ObjectPlace, uploadObject } from './objects.ts';
import { noticeSignedOut, queryClient } from './queries.ts';

interface Upload extends ObjectPlace {
  readonly id: number;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly state: 'waiting' | 'sending' | 'done' | 'failed';
  readonly error?: unknown;
}

export interface ChosenFile extends ObjectPlace {
  readonly file: File;
  readonly overwrite: boolean;
}

/** What is being uploaded, one after the other; it goes on while other pages are looked at. */
class Uploads {
  #uploads: readonly Upload[] = [];
  #chosen = new Map<number, ChosenFile>();
  #nextId = 1;
  #running: AbortController | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): readonly Upload[] => this.#uploads;

  add(files: readonly ChosenFile[]): void {
    const added = files.map((chosen): Upload => {
      const id = this.#nextId;
      this.#nextId += 1;
      this.#chosen.set(id, chosen);
      const { bucket, key, file } = chosen;
      return { id, bucket, key, sizeBytes: file.size, sentBytes: 0, state: 'waiting' };
    });
    this.#set([...this.#uploads, ...added]);
    if (this.#running === undefined) void this.#sendAll();
  }

  /** Also forgets what is done. */
  stop(): void {
    this.#chosen.clear();
    this.#set([]);
    this.#running?.abort();
  }

  async #sendAll(): Promise<void> {
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', leaving);
    for (;;) {
      const next = this.#uploads.find(({ state }) => state === 'waiting');
      if (next === undefined) break;
      await this.#send(next);
    }
    window.removeEventListener('beforeunload', leaving);
  }

  async #send({ id, bucket }: Upload): Promise<void> {
    const chosen = this.#chosen.get(id);
    if (chosen === undefined) return;
    const running = new AbortController();
    this.#running = running;
    this.#change(id, { state: 'sending' });
    try {
      await uploadObject({
        ...{ ...chosen, signal: running.signal },
        onProgress: (sentBytes) =>
          this.#change(id, { sentBytes: Math.min(sentBytes, chosen.file.size) }),
      });
      this.#change(id, { state: 'done', sentBytes: chosen.file.size });
      await queryClient.invalidateQueries({ queryKey: ['folder', bucket] });
    } catch (error) {
      this.#change(id, { state: 'failed', error });
      noticeSignedOut(error);
    } finally {
      this.#chosen.delete(id);
      this.#running = undefined;
    }
  }

  #change(id: number, change: Partial<Upload>): void {
    this.#set(this.#uploads.map((each) => (each.id === id ? { ...each, ...change } : each)));
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const tell of this.#listeners) tell();
  }
}

export const uploads = new Uploads();

export const useUploads = () => useSyncExternalStore(uploads.subscribe, uploads.current);
