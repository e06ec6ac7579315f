import type { ChangedFile } from '../model/changed-file.ts';
import type { Texts } from '../texts.ts';

/** As `git status` writes it. */
export function stateLetter(state: ChangedFile['state']): string {
  const letters: Readonly<Record<ChangedFile['state'], string>> = {
    ...{ added: 'A', modified: 'M', deleted: 'D', renamed: 'R', copied: 'C' },
    ...{ 'type-changed': 'T', untracked: 'U', conflicted: '!' },
  };
  return letters[state];
}

export function stateText(state: ChangedFile['state'], trans: Texts): string {
  switch (state) {
    case 'added':
      return trans.__('added');
    case 'modified':
      return trans.__('modified');
    case 'deleted':
      return trans.__('deleted');
    case 'renamed':
      return trans.__('renamed');
    case 'copied':
      return trans.__('copied');
    case 'type-changed':
      return trans.__('another kind of file');
    case 'untracked':
      return trans.__('untracked');
    case 'conflicted':
      return trans.__('in conflict');
  }
}
