import type { GitFileState, GitStatus } from '@strongroom/contracts';

export const groupKinds = ['conflicted', 'staged', 'changed', 'untracked'] as const;
export type GroupKind = (typeof groupKinds)[number];

/** A row of the panel. The same path may be staged and changed again. */
export interface ChangedFile {
  readonly group: GroupKind;
  readonly path: string;
  readonly state: GitFileState | 'untracked' | 'conflicted';
  readonly oldPath: string | null;
}

export type FileGroups = Readonly<Record<GroupKind, readonly ChangedFile[]>>;

export function groupFiles(status: GitStatus): FileGroups {
  const conflicted = new Set(status.conflicted);
  return {
    conflicted: status.conflicted.map((path) => plain('conflicted', path)),
    staged: status.staged
      .filter(({ path }) => !conflicted.has(path))
      .map((file) => ({ group: 'staged' as const, ...file })),
    changed: status.changed
      .filter(({ path }) => !conflicted.has(path))
      .map((file) => ({ group: 'changed' as const, oldPath: null, ...file })),
    untracked: status.untracked.map((path) => plain('untracked', path)),
  };
}

export function keyOf({ group, path }: ChangedFile): string {
  return `${group}/${path}`;
}

/** What unstages, too: a rename is an addition and a deletion. */
export function pathsOf(files: readonly ChangedFile[]): string[] {
  return files.flatMap(({ path, oldPath, state }) =>
    oldPath !== null && state === 'renamed' ? [path, oldPath] : [path],
  );
}

function plain<Kind extends 'conflicted' | 'untracked'>(group: Kind, path: string): ChangedFile {
  return { group, path, state: group, oldPath: null };
}
