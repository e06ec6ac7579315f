import { AgentError } from '../http/agent-error.ts';
import { currentBranch } from './current-branch.ts';
import { type Progress, ProgressReader } from './progress.ts';
import { checkRemoteUrl } from './remote-url.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { saveUpstream } from './upstream.ts';

export interface Transfer {
  readonly repository: Repository;
  readonly report: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** From the current branch's remote, else from `origin`, else from the only one there is. */
export async function fetchRemote(git: Git, transfer: Transfer): Promise<void> {
  const { repository } = transfer;
  const { remotes } = repository.configuration;
  const upstream = await upstreamOfCurrent(git, repository);
  const named = remotes.find(({ name }) => name === (upstream?.remote ?? 'origin'));
  const remote = named ?? (remotes.length === 1 ? remotes[0] : undefined);
  if (remote === undefined) throw noUpstream('fetch: the repository has no remote "origin"');
  await fetchFrom(git, transfer, remote.name);
}

/** Answers the reference to merge: the remote's branch as it is now. */
export async function fetchUpstream(git: Git, transfer: Transfer): Promise<string> {
  const { repository } = transfer;
  const upstream = await upstreamOfCurrent(git, repository);
  if (upstream === undefined) throw noUpstream('pull: this branch follows no branch of a remote');
  // A local branch may follow another one.
  if (upstream.remote === '.') return upstream.reference;
  await fetchFrom(git, transfer, upstream.remote);
  const output = await git.demand('find the branch to pull from', {
    repository,
    isRead: true,
    parameters: ['rev-parse', '--symbolic-full-name', '--verify', '--quiet', '@{upstream}'],
  });
  return output.toString('utf8').trim();
}

export async function pushBranch(
  git: Git,
  transfer: Transfer,
  setsUpstream: boolean,
): Promise<void> {
  const { repository } = transfer;
  const branch = await currentBranch(git, repository);
  if (branch === undefined) throw noUpstream('push: no branch is checked out. Switch to one');
  const reference = `refs/heads/${branch}`;
  const upstream = setsUpstream
    ? { remote: 'origin', reference }
    : repository.configuration.upstreams.get(branch);
  if (upstream === undefined || upstream.remote === '.') {
    throw noUpstream(`push: the branch "${branch}" follows no branch of a remote`);
  }
  const remote = requireRemote(repository, upstream.remote);
  for (const url of [...remote.urls, ...remote.pushUrls]) checkRemoteUrl(url);
  await transferWith(git, transfer, 'push', [
    ...(['push', '--progress', '--no-verify', '--recurse-submodules=no'] as const),
    ...(['--end-of-options', remote.name, `${reference}:${upstream.reference}`] as const),
  ]);
  if (setsUpstream) await saveUpstream(git, repository, branch, upstream);
}

async function fetchFrom(git: Git, transfer: Transfer, name: string): Promise<void> {
  const remote = requireRemote(transfer.repository, name);
  for (const url of remote.urls) checkRemoteUrl(url);
  await transferWith(git, transfer, 'fetch', [
    ...(['fetch', '--progress', '--no-recurse-submodules', '--no-auto-maintenance'] as const),
    ...(['--end-of-options', remote.name] as const),
  ]);
}

async function transferWith(
  git: Git,
  { repository, report, signal }: Transfer,
  action: string,
  parameters: readonly string[],
): Promise<void> {
  const progress = new ProgressReader(report);
  await git.demand(action, {
    repository,
    parameters,
    signal,
    onErrorText: (part) => progress.add(part),
  });
}

function requireRemote(repository: Repository, name: string) {
  const remote = repository.configuration.remotes.find((one) => one.name === name);
  // Without an address git would take the name itself for one.
  if (remote === undefined || remote.urls.length === 0) {
    throw noUpstream(`reach "${name}": the repository has no such remote`);
  }
  return remote;
}

async function upstreamOfCurrent(git: Git, repository: Repository) {
  const branch = await currentBranch(git, repository);
  return branch === undefined ? undefined : repository.configuration.upstreams.get(branch);
}

function noUpstream(state: string): AgentError {
  return new AgentError('NoUpstream', `Cannot ${state}`);
}
