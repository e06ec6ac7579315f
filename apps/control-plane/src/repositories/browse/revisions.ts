import { StrongroomError } from '@strongroom/contracts';
import { isBranchName } from '../git/ref-names.ts';

const maximumPathBytes = 4_096;

/**
 * For sh(1): `$commit` from `$1`, a branch's or a tag's name or a commit's id, checked by
 * `requireRevision`. What a name cannot be is never given to Git, so nothing of it is an option.
 */
export const resolveCommit = `
resolve() {
  id=$1
  case "$1" in *[!0-9a-f]*) id= ;; esac
  [ "\${#id}" = 40 ] || id=
  for name in "refs/heads/$1" "refs/tags/$1" $id; do
    git rev-parse --verify --quiet --end-of-options "$name^{commit}" && return 0
  done
  return 1
}
commit=$(resolve "$1") || exit 44
`;

/** @throws {StrongroomError} `RevisionNotFound` */
export function requireRevision(revision: string): string {
  if (isBranchName(revision)) return revision;
  throw notFound(revision, 'there is no such branch, tag or commit');
}

/** @throws {StrongroomError} `RevisionNotFound`: Git keeps no path of that form */
export function requirePath(path: string): string {
  const parts = path.split('/');
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  const isShort = Buffer.byteLength(path) <= maximumPathBytes;
  if (path === '' || (isPlain && isShort && !path.includes('\0'))) return path;
  throw notFound(path, 'no file can be there');
}

function notFound(what: string, why: string): StrongroomError {
  const shown = what.slice(0, 200);
  return new StrongroomError('RevisionNotFound', `Cannot find "${shown}": ${why}`, {
    values: { revision: shown },
  });
}
