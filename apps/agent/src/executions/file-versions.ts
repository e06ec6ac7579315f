import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { nativePath } from '../contents/file-name.ts';

type Identity = Pick<Stats, 'ino' | 'size' | 'mtimeMs'>;

const maximumCount = 1_000;

/** Versions of files that went through this agent: any other was written by another program. */
export class FileVersions {
  readonly #known = new Set<string>();

  static areSame(one: Identity, other: Identity): boolean {
    return keyOf(one) === keyOf(other);
  }

  async note(realPath: string): Promise<void> {
    const key = keyOf(await lstat(nativePath(realPath)));
    this.#known.delete(key);
    this.#known.add(key);
    for (const oldest of this.#known) {
      if (this.#known.size <= maximumCount) break;
      this.#known.delete(oldest);
    }
  }

  knows(stats: Identity): boolean {
    return this.#known.has(keyOf(stats));
  }
}

function keyOf({ ino, size, mtimeMs }: Identity): string {
  return `${ino}:${size}:${mtimeMs}`;
}
