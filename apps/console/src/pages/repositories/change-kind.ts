import type { ChangedFile } from '@strongroom/contracts';

/** How what a commit does to a file is shown, where it can be. */
export type ChangeKind = 'notebook' | 'binary' | 'large' | 'empty' | 'patch';

export function changeKind(file: ChangedFile): ChangeKind {
  const { isNotebook, isBinary, patch, status } = file;
  if (isNotebook) return 'notebook';
  if (isBinary) return 'binary';
  if (patch === null) return 'large';
  // Nothing came or went with it; of a file that stays, only the name or the mode changed then.
  const isWhole = status === 'added' || status === 'deleted';
  return isWhole && patch === '' ? 'empty' : 'patch';
}
