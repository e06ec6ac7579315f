import { pipeline } from 'node:stream/promises';
import type { GitSandboxes, GitWork } from '../git/git-sandboxes.ts';
import type { ReadyGit } from '../git/ready-git.ts';
import type { PushReview } from '../push/push-review.ts';
import type { Repository } from '../repository.ts';
import {
  allSent,
  answer,
  begin,
  type GitExchange,
  protocolOf,
  watchIdle,
  writeHead,
} from './git-exchange.ts';
import type { GitServiceName } from './git-target.ts';
import type { ReadCapabilities } from './read-capabilities.ts';
import { requestBody } from './request-body.ts';

const mebibyte = 1024 ** 2;
/** What a fetch says that it has and wants; a large repository's takes a few. */
const maximumFetchRequestBytes = 32 * mebibyte;

/** After the advertisement: which refs there are, and what of them is wanted. */
const readingRequestCount = 2;

/** What reading is done with. */
export interface ReadingGit {
  readonly sandboxes: GitSandboxes;
  readonly ready: ReadyGit;
  readonly capabilities: ReadCapabilities;
}

/** `GET …/info/refs?service=…` */
export async function advertise(
  { sandboxes, ready, capabilities }: ReadingGit,
  exchange: GitExchange,
  { repositoryId }: Repository,
  service: GitServiceName,
): Promise<void> {
  const version = protocolOf(exchange.request, service);
  if (version.GIT_PROTOCOL === 'version=2') {
    const offered = await capabilities.get(sandboxes, repositoryId);
    ready.prepare(reading(repositoryId, version), readingRequestCount);
    writeHead(exchange.response, `application/x-${service}-advertisement`);
    exchange.response.end(offered);
    return;
  }
  const program = service === 'git-upload-pack' ? 'upload-pack --strict' : 'receive-pack';
  const { git, stopped } = await begin(sandboxes, exchange, {
    ...{ repositoryId, mode: 'read-only', environment: version },
    script: `exec git ${program} --stateless-rpc --advertise-refs .`,
  });
  git.input.end();
  writeHead(exchange.response, `application/x-${service}-advertisement`);
  // Version 2 has no such line (gitprotocol-v2(5), "HTTP Transport").
  const line = `# service=${service}\n`;
  const length = (line.length + 4).toString(16).padStart(4, '0');
  exchange.response.write(`${length}${line}0000`);
  await answer(git, exchange.response, stopped);
}

/** `POST …/git-upload-pack`: ends with the client. */
export async function uploadPack(
  { ready }: ReadingGit,
  exchange: GitExchange,
  { repositoryId }: Repository,
): Promise<void> {
  const { request, response } = exchange;
  const body = requestBody(request, maximumFetchRequestBytes);
  const work = reading(repositoryId, protocolOf(request, 'git-upload-pack'));
  const { git, stopped } = await begin(ready, exchange, work);
  writeHead(response, 'application/x-git-upload-pack-result');
  const sending = pipeline(body, git.input).catch(() => git.stop());
  await answer(git, response, stopped);
  await sending;
}

/** `POST …/git-receive-pack`: what is here whole goes on to its end, whoever still listens. */
export async function receivePack(
  sandboxes: GitSandboxes,
  exchange: GitExchange,
  push: {
    readonly repository: Repository;
    readonly review: PushReview;
    readonly maximumBytes: number;
  },
): Promise<void> {
  const { request, response } = exchange;
  const { repository, review, maximumBytes } = push;
  // Git itself tells the pusher about a pack that is too large; this is for what is no pack at all.
  const body = requestBody(request, maximumBytes + 64 * mebibyte);
  const git = await sandboxes.start({
    ...{ repositoryId: repository.repositoryId, mode: 'read-write', hasHooks: true },
    script: receiveScript,
    environment: { ...protocolOf(request, 'git-receive-pack'), ...review.environment },
  });
  const idle = watchIdle(request, git);
  const reviewed = review.follow(git);
  writeHead(response, 'application/x-git-receive-pack-result');
  // A cut ends Git's input in the middle: it gives up, and leaves nothing.
  const sending = pipeline(body, git.input).catch(() => undefined);
  const drain = () => git.output.unpipe(response).resume();
  const sent = allSent(git, response);
  git.output.pipe(response, { end: false });
  response.once('close', drain);
  // It may have gone while the sandbox was made.
  if (response.destroyed) drain();
  const { exitCode } = await git.ended;
  idle.end();
  await Promise.all([sending, reviewed, sent]);
  if (exitCode === null) response.destroy();
  else response.end();
}

function reading(repositoryId: string, environment: Record<string, string>): GitWork {
  const script = 'exec git upload-pack --strict --stateless-rpc .';
  return { repositoryId, mode: 'read-only', environment, script };
}

/** The sizes are told for the list of repositories. */
const receiveScript = `
git receive-pack --stateless-rpc .
code=$?
git count-objects -v | sed -n 's/^\\(size\\|size-pack\\|packs\\): /\\1 /p' >&4
exit "$code"`;
