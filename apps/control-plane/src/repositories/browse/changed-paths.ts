import type { ChangedFile } from '@strongroom/contracts';

export interface ChangedPath
  extends Pick<ChangedFile, 'oldPath' | 'newPath' | 'status' | 'addedLines' | 'deletedLines'> {
  /** Zeros where there is none. */
  readonly oldObject: string;
  readonly newObject: string;
}

const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  ...{ A: 'added', M: 'modified', D: 'deleted', R: 'renamed', C: 'copied', T: 'type-changed' },
};
const rawPattern = /^:\d{6} \d{6} ([0-9a-f]{40}) ([0-9a-f]{40}) ([A-Z])\d*$/;

/**
 * What `git diff-tree -z --raw --numstat` tells, up to an empty word: first each file with its objects,
 * then the same files with their counts. `end`: what of the output that was.
 */
export function changedPaths(output: Buffer): { paths: ChangedPath[]; end: number } {
  const words = new Words(output);
  const paths: Omit<ChangedPath, 'addedLines' | 'deletedLines'>[] = [];
  const counts: { addedLines: number | null; deletedLines: number | null }[] = [];
  for (let word = words.next(); word !== '' && word !== undefined; word = words.next()) {
    const [isRaw, oldObject = '', newObject = '', letter = ''] = rawPattern.exec(word) ?? [];
    if (isRaw !== undefined && counts.length === 0) {
      const isMoved = letter === 'R' || letter === 'C';
      const first = words.next() ?? '';
      const second = isMoved ? (words.next() ?? '') : first;
      paths.push({
        oldPath: letter === 'A' ? null : first,
        newPath: letter === 'D' ? null : second,
        ...{ status: statuses[letter] ?? 'modified', oldObject, newObject },
      });
      continue;
    }
    const [added = '', deleted = '', path] = word.split('\t');
    counts.push({ addedLines: countOf(added), deletedLines: countOf(deleted) });
    // Of what was moved both names follow.
    if (path === '') {
      words.next();
      words.next();
    }
  }
  const none = { addedLines: null, deletedLines: null };
  return {
    paths: paths.map((each, index) => ({ ...each, ...(counts[index] ?? none) })),
    end: words.at,
  };
}

function countOf(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

class Words {
  readonly #output: Buffer;
  at = 0;

  constructor(output: Buffer) {
    this.#output = output;
  }

  next(): string | undefined {
    const end = this.#output.indexOf(0, this.at);
    if (end === -1) return undefined;
    const word = this.#output.toString('utf8', this.at, end);
    this.at = end + 1;
    return word;
  }
}
