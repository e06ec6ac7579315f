import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GitProcess, GitWork } from '../git/git-sandboxes.ts';
import type { GitCaller } from './git-caller.ts';
import type { GitServiceName } from './git-target.ts';

export interface GitExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly caller: GitCaller;
}

/** In neither direction a byte. Git itself says that it is alive every few seconds. */
const idleMilliseconds = 120_000;

/** Starts Git for as long as somebody waits for what it says. */
export async function begin(
  sandboxes: { start(work: GitWork & { readonly signal: AbortSignal }): Promise<GitProcess> },
  { request, response }: GitExchange,
  work: GitWork,
) {
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

export async function answer(
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
export function allSent({ output }: GitProcess, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    output.once('end', resolve).once('close', resolve);
    response.once('close', resolve);
    if (response.destroyed) resolve();
  });
}

export function writeHead(response: ServerResponse, contentType: string): void {
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' });
}

/** Only what Git itself would say: the header becomes a variable of its process. */
export function protocolOf(
  { headers }: IncomingMessage,
  service: GitServiceName,
): Record<'GIT_PROTOCOL', string> | Record<string, never> {
  const asked = /^version=([012])$/.exec(String(headers['git-protocol'] ?? ''))?.[1];
  // There is no version 2 of pushing.
  if (asked === undefined || (asked === '2' && service === 'git-receive-pack')) return {};
  return { GIT_PROTOCOL: `version=${asked}` };
}

/** By the connection's own counters: a listener on a stream would make it flow. */
export function watchIdle({ socket }: IncomingMessage, git: GitProcess): { end(): void } {
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
