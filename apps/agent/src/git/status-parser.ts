import type { GitFileState, GitStatus } from '@strongroom/contracts';
import { decodeFileName } from '../contents/file-name.ts';
import { fileStates } from './file-states.ts';

type Parsed = Pick<
  GitStatus,
  | 'branch'
  | 'commitId'
  | 'upstream'
  | 'ahead'
  | 'behind'
  | 'staged'
  | 'changed'
  | 'untracked'
  | 'conflicted'
  | 'isCut'
  | 'stashCount'
>;

/** Fields before the path (git-status(1), "Porcelain Format Version 2"). */
const fieldsBefore: Readonly<Record<string, number>> = { '1': 8, '2': 9, u: 10 };

/** A tracked file that the working tree has otherwise than the index. */
export interface ChangedInTree {
  readonly path: string;
  readonly state: GitFileState;
  readonly indexMode: string;
  readonly treeMode: string;
  /** Of the blob in the index. */
  readonly indexId: string;
}

/** Reads `git status --porcelain=v2 -z` in the pieces in which it comes. */
export class StatusParser {
  readonly status: Parsed = {
    branch: null,
    commitId: null,
    upstream: null,
    ahead: 0,
    behind: 0,
    staged: [],
    changed: [],
    untracked: [],
    conflicted: [],
    isCut: false,
    stashCount: 0,
  };
  readonly changedInTree: ChangedInTree[] = [];
  readonly #maximumUntracked: number;
  #rest: Buffer = Buffer.alloc(0);
  #upstream: string | null = null;
  /** What waits for the old path of a renamed file, which follows as an entry of its own. */
  #renamed: ((oldPath: string) => void) | undefined;

  constructor(maximumUntracked: number) {
    this.#maximumUntracked = maximumUntracked;
  }

  /** False once nothing more is wanted: untracked files come last. */
  add(part: Buffer): boolean {
    const bytes = this.#rest.length === 0 ? part : Buffer.concat([this.#rest, part]);
    let start = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      this.#readEntry(bytes.subarray(start, end));
      if (this.status.isCut) return false;
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
    return true;
  }

  #readEntry(entry: Buffer): void {
    if (this.#renamed !== undefined) {
      this.#renamed(decodeFileName(entry));
      this.#renamed = undefined;
      return;
    }
    const kind = String.fromCharCode(entry[0] ?? 0);
    if (kind === '#') this.#readHeader(entry.toString('utf8'));
    else if (kind === '?') this.#readUntracked(entry.subarray(2));
    else if (kind in fieldsBefore) this.#readChange(kind, entry);
  }

  #readHeader(line: string): void {
    const { status } = this;
    const [, name = '', value = ''] = /^# (\S+) (.*)$/s.exec(line) ?? [];
    if (name === 'branch.oid') status.commitId = value === '(initial)' ? null : value;
    if (name === 'branch.head') status.branch = value === '(detached)' ? null : value;
    if (name === 'branch.upstream') this.#upstream = value;
    if (name === 'stash') status.stashCount = Number(value);
    // Not told where the remote has no such branch: a clone of an empty repository only names it.
    if (name !== 'branch.ab') return;
    status.upstream = this.#upstream;
    const [ahead, behind] = value.split(' ').map(Number);
    status.ahead = Math.abs(ahead ?? 0);
    status.behind = Math.abs(behind ?? 0);
  }

  #readUntracked(path: Buffer): void {
    if (this.status.untracked.length < this.#maximumUntracked) {
      this.status.untracked.push(decodeFileName(path));
    } else {
      this.status.isCut = true;
    }
  }

  #readChange(kind: string, entry: Buffer): void {
    let start = 0;
    for (let field = 0; field < (fieldsBefore[kind] ?? 0); field += 1) {
      start = entry.indexOf(0x20, start) + 1;
    }
    const path = decodeFileName(entry.subarray(start));
    if (kind === 'u') {
      this.status.conflicted.push(path);
      return;
    }
    const staged = fileStates[String.fromCharCode(entry[2] ?? 0)];
    const changed = fileStates[String.fromCharCode(entry[3] ?? 0)];
    if (changed !== undefined) {
      const fields = entry.subarray(0, start).toString('latin1').split(' ');
      const [, , , , indexMode = '', treeMode = '', , indexId = ''] = fields;
      this.status.changed.push({ path, state: changed });
      this.changedInTree.push({ path, state: changed, indexMode, treeMode, indexId });
    }
    const stagedFile = { path, state: staged ?? 'modified', oldPath: null as string | null };
    if (staged !== undefined) this.status.staged.push(stagedFile);
    if (kind !== '2') return;
    this.#renamed = (oldPath) => {
      if (staged === 'renamed' || staged === 'copied') stagedFile.oldPath = oldPath;
    };
  }
}
