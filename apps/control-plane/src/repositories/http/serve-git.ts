import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { GitProcess, GitSandboxes, GitWork } from '../git/git-sandboxes.ts';
import type { PushReview } from '../push/push-review.ts';
import type { Repository } from '../repository.ts';
import type { GitCaller } from './git-caller.ts';
import type { GitServiceName } from './git-target.ts';
import { requestBody } from './request-body.ts';

export interface GitExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly caller: GitCaller;
}

const mebibyte = 1024 ** 2;
/** What a fetch says that it has and wants; a large repository's takes a few. */
const maximumFetchRequestBytes = 32 * mebibyte;
/** In neither direction a byte. Git itself says that it is alive every few seconds. */
const idleMilliseconds = 120_000;

/** `GET …/info/refs?service=…` */
export async function advertise(
  sandboxes: GitSandboxes,
  exchange: GitExchange,
  { repositoryId }: Repository,
  service: GitServiceName,
): Promise<void> {
  const version = protocolOf(exchange.request, service);
  const program = service === 'git-upload-pack' ? 'upload-pack --strict' : 'receive-pack';
  const { git, stopped } = await begin(sandboxes, exchange, {
    ...{ repositoryId, mode: 'read-only', environment: version },
    script: `exec git ${program} --stateless-rpc --advertise-refs .`,
  });
  git.input.end();
  writeHead(exchange.response, `application/x-${service}-advertisement`);
  // Version 2 has no such line (gitprotocol-v2(5), "HTTP Transport").
  if (version.GIT_PROTOCOL !== 'version=2') {
    const line = `# service=${service}\n`;
    const length = (line.length + 4).toString(16).padStart(4, '0');
    exchange.response.write(`${length}${line}0000`);
  }
  await answer(git, exchange.response, stopped);
}

/** `POST …/git-upload-pack`: ends with the client. */
export async function uploadPack(
  sandboxes: GitSandboxes,
  exchange: GitExchange,
  { repositoryId }: Repository,
): Promise<void> {
  const { request, response } = exchange;
  const body = requestBody(request, maximumFetchRequestBytes);
  const { git, stopped } = await begin(sandboxes, exchange, {
    ...{ repositoryId, mode: 'read-only', environment: protocolOf(request, 'git-upload-pack') },
    script: 'exec git upload-pack --strict --stateless-rpc .',
  });
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

/** The sizes are told for the list of repositories. */
const receiveScript = `
git receive-pack --stateless-rpc .
code=$?
git count-objects -v | sed -n 's/^\\(size\\|size-pack\\|packs\\): /\\1 /p' >&4
exit "$code"`;

async function begin(sandboxes: GitSandboxes, { request, response }: GitExchange, work: GitWork) {
  const gone = new AbortController();
  const onClose = () => gone.abort();
  response.once('close', onClose);
  const git = await sandboxes.start({ ...work, signal: gone.signal });
  const idle = watchIdle(request, git);
  return {
    git,
    stopped: () => {
      response.off('close', onClose);
      idle.end();
    },
  };
}

async function answer(
  git: GitProcess,
  response: ServerResponse,
  stopped: () => void,
): Promise<void> {
  const sent = allSent(git, response);
  git.output.pipe(response, { end: false });
  const { exitCode } = await git.ended;
  await sent;
  stopped();
  // Killed in the middle: nobody is to take a part for the whole.
  if (exitCode === null) response.destroy();
  else response.end();
}

/** Git may be gone while the last of what it said is still on its way; also where nobody listens to it. */
function allSent({ output }: GitProcess, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    output.once('end', resolve).once('close', resolve);
    response.once('close', resolve);
    if (response.destroyed) resolve();
  });
}

function writeHead(response: ServerResponse, contentType: string): void {
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' });
}

/** Only what Git itself would say: the header becomes a variable of its process. */
function protocolOf(
  { headers }: IncomingMessage,
  service: GitServiceName,
): Record<'GIT_PROTOCOL', string> | Record<string, never> {
  const asked = /^version=([012])$/.exec(String(headers['git-protocol'] ?? ''))?.[1];
  // There is no version 2 of pushing.
  if (asked === undefined || (asked === '2' && service === 'git-receive-pack')) return {};
  return { GIT_PROTOCOL: `version=${asked}` };
}

/** By the connection's own counters: a listener on a stream would make it flow. */
function watchIdle({ socket }: IncomingMessage, git: GitProcess): { end(): void } {
  const moved = () => socket.bytesRead + socket.bytesWritten;
  let before = moved();
  const timer = setInterval(() => {
    const now = moved();
    if (now === before) {
      git.stop();
      socket.destroy();
    }
    before = now;
  }, idleMilliseconds);
  return { end: () => clearInterval(timer) };
}
