import { join } from 'node:path';
import type { GitStatus } from '@strongroom/contracts';
import { type HomeFolder, statEntry } from '../contents/home-folder.ts';
import { gitFailure, redact } from './git-failure.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { StatusParser } from './status-parser.ts';
import { isChangedByOutputsOnly } from './stripped-changes.ts';

const maximumUntracked = 10_000;

/** One call of git, read while it writes. */
export async function readStatus(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  signal?: AbortSignal,
): Promise<GitStatus> {
  const parser = new StatusParser(maximumUntracked);
  const [result, inProgress] = await Promise.all([
    git.run({
      repository,
      isRead: true,
      signal,
      parameters: [
        ...(['status', '--porcelain=v2', '-z', '--branch', '--show-stash'] as const),
        ...(['--untracked-files=all', '--ignore-submodules=dirty'] as const),
      ],
      onOutput: (part) => parser.add(part),
    }),
    findInProgress(repository),
  ]);
  if (result.exitCode !== 0 && !result.isCut) throw gitFailure(result, 'read the status');
  const { remotes, stripsOutputs } = repository.configuration;
  if (stripsOutputs) await leaveOutUnchanged(home, repository, parser);
  return {
    root: repository.root,
    ...parser.status,
    inProgress,
    stripsOutputs,
    remotes: remotes.map(({ name, urls }) => ({ name, url: redact(urls[0] ?? '') })),
  };
}

async function leaveOutUnchanged(
  home: HomeFolder,
  repository: Repository,
  parser: StatusParser,
): Promise<void> {
  const unchanged = new Set<string>();
  for (const file of parser.changedInTree) {
    if (await isChangedByOutputsOnly(home, repository, file)) unchanged.add(file.path);
  }
  const { status } = parser;
  status.changed = status.changed.filter(({ path }) => !unchanged.has(path));
}

/** As git-status(1) finds out: by the files that the operations leave. */
async function findInProgress(repository: Repository): Promise<GitStatus['inProgress']> {
  const signs = [
    ...([['rebase', 'rebase-merge'] as const, ['rebase', 'rebase-apply'] as const] as const),
    ...([['merge', 'MERGE_HEAD'] as const, ['revert', 'REVERT_HEAD'] as const] as const),
    ['cherry-pick', 'CHERRY_PICK_HEAD'] as const,
  ];
  const found = await Promise.all(
    signs.map(async ([, name]) => await statEntry(join(repository.gitFolder, name))),
  );
  return signs.find((_, index) => found[index] !== undefined)?.[0] ?? 'nothing';
}
