import type { RepositoryBranchList } from '@strongroom/contracts';
import type { GitSandboxes } from '../git/git-sandboxes.ts';
import { runGit } from '../git/run-git.ts';
import type { Repository } from '../repository.ts';
import { commitOf } from './commit-fields.ts';

/** More are not told: a page shows what is worked on. */
const maximumBranches = 200;
const fields = [
  '%(refname)',
  '%(objectname)',
  '%(parent)',
  '%(authorname)',
  '%(authoremail:trim)',
  '%(authordate:iso-strict)',
  '%(contents:subject)',
  '%(contents:body)',
];
const script = `
git for-each-ref --sort=-committerdate --count="$2" --format="$1" refs/heads
printf '\\0'
git for-each-ref --sort=-committerdate --count="$2" --format='%(refname)' refs/heads |
while read -r ref; do
  git rev-list --left-right --count "refs/heads/$3...$ref" -- 2>/dev/null || echo "0 0"
done`;

export async function listBranches(
  sandboxes: GitSandboxes,
  { repositoryId, defaultBranch, protectedBranches }: Repository,
): Promise<RepositoryBranchList> {
  const output = await runGit(sandboxes, {
    ...{ repositoryId, mode: 'read-only', script },
    arguments: [
      fields.map((each) => `${each}%00`).join(''),
      String(maximumBranches),
      defaultBranch,
    ],
  });
  const words = output.toString('utf8').split('\0');
  const counts = (words.pop() ?? '').trim().split('\n');
  const branches: RepositoryBranchList['branches'] = [];
  for (let at = 0; at + fields.length < words.length; at += fields.length) {
    const [ref = '', ...ofCommit] = words.slice(at, at + fields.length);
    const name = ref.trim().replace(/^refs\/heads\//, '');
    const [behind = 0, ahead = 0] = (counts[branches.length] ?? '').split(/\s+/).map(Number);
    branches.push({
      ...{ name, isDefault: name === defaultBranch, isProtected: protectedBranches.includes(name) },
      ...{ commit: commitOf(ofCommit), ahead, behind },
    });
  }
  return { branches };
}
