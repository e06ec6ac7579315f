import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:net';
import { type Duplex, PassThrough, type Readable } from 'node:stream';
import { SandboxError } from '../sandbox-error.ts';
import type { SandboxSpec } from '../sandbox-spec.ts';

/** The descriptors that the launcher needs. They come after the sandbox's own; none reaches inside. */
export interface LauncherDescriptors {
  readonly started: number;
  readonly arguments: number;
  readonly seccomp: number;
}

export function launcherDescriptors(spec: SandboxSpec): LauncherDescriptors {
  const first = 3 + spec.descriptors.length;
  return { started: first, arguments: first + 1, seccomp: first + 2 };
}

export interface Launcher {
  readonly child: ChildProcess;
  readonly stdout: Readable;
  readonly stderr: Readable;
  stream(descriptor: number): Duplex;
  /** Of the waiting end of the chain, the host's number. */
  readonly pid: number;
}

export interface LauncherStart {
  readonly command: readonly [string, ...string[]];
  readonly spec: SandboxSpec;
  readonly bubblewrapArguments: readonly string[];
  readonly seccompFilter: Buffer;
}

const keptErrorCharacters = 4096;

/**
 * Starts the chain and waits until the sandbox stands. The launcher's environment is empty: process
 * 1 inside inherits it, and its own session keeps the terminal's Ctrl-C away from it.
 *
 * @throws {SandboxError} `LaunchFailed`
 */
export async function startLauncher(start: LauncherStart): Promise<Launcher> {
  const { spec, command } = start;
  const [program, ...commandArguments] = command;
  const child = spawn(program, commandArguments, {
    env: {},
    cwd: '/',
    detached: true,
    stdio: standardStreams(spec),
  });
  const spawnError = new Promise<Error>((resolve) => child.once('error', resolve));
  const stderr = child.stderr;
  const stdout = child.stdout;
  if (stdout === null || stderr === null) throw launchFailed(await spawnError, '');

  const numbers = launcherDescriptors(spec);
  const stream = (descriptor: number) => streamOf(child, descriptor);
  send(stream(numbers.arguments), start.bubblewrapArguments.map((word) => `${word}\0`).join(''));
  send(stream(numbers.seccomp), start.seccompFilter);
  // Node.js throws away what an ended child had written and nobody was yet listening to.
  const output = stdout.pipe(new PassThrough());
  const errorText = collectText(stderr);
  const errorOutput = stderr.pipe(new PassThrough());

  const isStarted = await Promise.race([
    receives(stream(numbers.started)),
    spawnError.then(() => false),
  ]);
  const { pid } = child;
  if (!isStarted || pid === undefined) {
    child.kill('SIGKILL');
    if (!stderr.closed && pid !== undefined) await once(stderr, 'close');
    throw launchFailed(undefined, errorText.text());
  }
  errorText.stop();
  return { child, stdout: output, stderr: errorOutput, stream, pid };
}

function standardStreams(spec: SandboxSpec): StdioOptions {
  const inherited = spec.descriptors.map((kind) =>
    kind === 'duplex' ? ('pipe' as const) : listeningDescriptor(kind),
  );
  return ['ignore', 'pipe', 'pipe', ...inherited, 'pipe', 'pipe', 'pipe'];
}

/**
 * Node.js hands connections to a child but not listening servers (it tries to pause them), so the
 * server's descriptor is inherited by number. Its number has no public name.
 */
function listeningDescriptor(server: Server): number {
  const handle = '_handle' in server ? server._handle : undefined;
  const isHandle = typeof handle === 'object' && handle !== null && 'fd' in handle;
  const descriptor = isHandle ? handle.fd : undefined;
  if (typeof descriptor !== 'number' || descriptor < 0) {
    throw new SandboxError('InvalidSpec', 'Cannot share a server that does not listen');
  }
  return descriptor;
}

function streamOf(child: ChildProcess, descriptor: number): Duplex {
  const stream = child.stdio[descriptor];
  if (stream === null || stream === undefined || !('write' in stream)) {
    throw new SandboxError('InvalidSpec', `Cannot find a stream on descriptor ${descriptor}`);
  }
  return stream as Duplex;
}

function send(stream: Duplex, content: string | Buffer): void {
  // The launcher may end before it has read everything; its own message says why.
  stream.on('error', () => undefined);
  stream.end(content);
}

function collectText(stream: Readable) {
  let text = '';
  const append = (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-keptErrorCharacters);
  };
  stream.on('data', append);
  stream.on('error', () => undefined);
  return { text: () => text, stop: () => stream.off('data', append) };
}

/** True at the first bytes, false where the stream ends without any. */
function receives(stream: Duplex): Promise<boolean> {
  return new Promise((resolve) => {
    stream.once('data', () => resolve(true));
    stream.once('close', () => resolve(false));
    stream.on('error', () => undefined);
  });
}

function launchFailed(cause: unknown, standardError: string): SandboxError {
  const said = standardError.trim().split('\n').at(-1) ?? '';
  return new SandboxError('LaunchFailed', `Cannot build the sandbox: ${said || 'no message'}`, {
    cause,
    standardError,
  });
}
