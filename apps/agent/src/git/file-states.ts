import type { GitFileState } from '@strongroom/contracts';

/** By the letter that Git gives them (git-diff(1), "--diff-filter"). */
export const fileStates: Readonly<Record<string, GitFileState>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type-changed',
};
