import type { RepositoryFolder } from '@strongroom/contracts';
import type { GitSandboxes } from '../git/git-sandboxes.ts';
import { runGit } from '../git/run-git.ts';
import type { Repository } from '../repository.ts';
import { commitFormat, splitCommit } from './commit-fields.ts';
import { requirePath, requireRevision, resolveCommit } from './revisions.ts';

const script = `${resolveCommit}
[ "$(git cat-file -t "$commit:$2" 2>/dev/null)" = tree ] || exit 44
git log -1 -z '${commitFormat}' "$commit" -- || exit
git ls-tree -z -l "$commit:$2"`;
const maximumEntries = 10_000;

type Entry = RepositoryFolder['entries'][number];
const kinds: Readonly<Record<string, Entry['kind']>> = {
  '040000': 'folder',
  '120000': 'symbolic-link',
  '160000': 'submodule',
};

/** @throws {StrongroomError} `RevisionNotFound` */
export async function readFolder(
  sandboxes: GitSandboxes,
  { repositoryId, defaultBranch }: Repository,
  { revision = defaultBranch, path }: { readonly revision?: string; readonly path: string },
): Promise<RepositoryFolder> {
  const output = await runGit(sandboxes, {
    ...{ repositoryId, mode: 'read-only', script },
    arguments: [requireRevision(revision), requirePath(path)],
  });
  const { commit, rest } = splitCommit(output);
  const lines = rest.toString('utf8').split('\0').slice(0, -1);
  const entries = lines.slice(0, maximumEntries).map(entryOf);
  return { commit, path, entries: entries.sort(foldersFirst) };
}

/** `<mode> <type> <object> <size>\t<name>` */
function entryOf(line: string): Entry {
  const tab = line.indexOf('\t');
  const [mode = '', , , size = '-'] = line.slice(0, tab).split(/ +/);
  const sizeBytes = size === '-' ? null : Number(size);
  return { name: line.slice(tab + 1), kind: kinds[mode] ?? 'file', sizeBytes };
}

function foldersFirst(left: Entry, right: Entry): number {
  const order = Number(right.kind === 'folder') - Number(left.kind === 'folder');
  return order || (left.name < right.name ? -1 : 1);
}
