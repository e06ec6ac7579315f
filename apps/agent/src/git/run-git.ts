import { type ChildProcess, spawn } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { AgentError } from '../http/agent-error.ts';
import { gitEnvironment, neutralSettings } from './git-environment.ts';
import { gitFailure } from './git-failure.ts';
import type { Repository } from './repository.ts';

const maximumOutputBytes = 256 * 1024 * 1024;
const maximumErrorCharacters = 64 * 1024;
/** Between asking git to end, when it removes its lock files, and ending it. */
const graceMilliseconds = 3_000;
/** Of what nobody follows and can cancel: a hostile repository may have a pipe where a file should be. */
const longestMilliseconds = 10 * 60 * 1_000;

export interface GitRun {
  /** The subcommand and what follows. Never through a shell. */
  readonly parameters: readonly string[];
  /** Without one git runs apart from every repository, in `folder`. */
  readonly repository?: Repository | undefined;
  readonly folder?: string | undefined;
  readonly input?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Set on what only reads: it must not take the lock that the person's own git may need. */
  readonly isRead?: boolean;
  readonly settings?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Takes the output instead of it being collected; false when enough has come. */
  readonly onOutput?: (part: Buffer) => boolean;
  readonly onErrorText?: (part: string) => void;
}

export interface GitResult {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly output: Buffer;
  readonly errorText: string;
  /** `onOutput` had enough. */
  readonly isCut: boolean;
}

/** What runs git: the only place of the agent that starts it. */
export class Git {
  readonly #inherited: Readonly<Record<string, string>>;

  /** `inherited`: what the person's own programs inherit. */
  constructor(inherited: Readonly<Record<string, string>>) {
    this.#inherited = inherited;
  }

  async run(run: GitRun): Promise<GitResult> {
    const signal = run.signal ?? AbortSignal.timeout(longestMilliseconds);
    signal.throwIfAborted();
    const settings = [...neutralSettings, ...(run.repository?.settings ?? [])];
    const parameters = [...settings, ...(run.settings ?? [])].flatMap((line) => ['-c', line]);
    const child = spawn('git', ['--no-pager', ...parameters, ...run.parameters], {
      cwd: run.folder ?? run.repository?.workTree ?? '/',
      env: { ...gitEnvironment(this.#inherited, run), ...run.environment },
      stdio: [run.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // A group of its own: what git starts (ssh, git-remote-https) ends with it.
      detached: true,
    });
    return await new Running(child, run, signal).result();
  }

  /** Its output; throws what a failure means, `action` being what could not be done. */
  async demand(action: string, run: GitRun): Promise<Buffer> {
    const result = await this.run(run);
    if (result.exitCode === 0 || result.isCut) return result.output;
    const failure = gitFailure(result, action);
    const place = run.repository?.gitFolder;
    const isUnclear = failure.code === 'GitFailed' && place !== undefined;
    throw isUnclear && (await isFull(place)) ? diskFull(action, failure) : failure;
  }
}

/** Of a reference that it could not write git does not say why. */
async function isFull(folder: string): Promise<boolean> {
  return await statfs(folder).then(
    ({ bavail }) => bavail === 0,
    () => false,
  );
}

function diskFull(action: string, cause: unknown): AgentError {
  const message = `Cannot ${action}: the disk is full. Delete files you no longer need, empty the trash, and try again`;
  return new AgentError('DiskFull', message, { cause });
}

class Running {
  readonly #child: ChildProcess;
  readonly #run: GitRun;
  readonly #signal: AbortSignal;
  readonly #parts: Buffer[] = [];
  #sizeBytes = 0;
  #errorText = '';
  #isCut = false;
  #isTooLarge = false;

  constructor(child: ChildProcess, run: GitRun, signal: AbortSignal) {
    this.#child = child;
    this.#run = run;
    this.#signal = signal;
    child.stdout?.on('data', (part: Buffer) => this.#take(part));
    child.stderr?.setEncoding('utf8');
    child.stderr?.on('data', (part: string) => {
      this.#errorText = (this.#errorText + part).slice(-maximumErrorCharacters);
      run.onErrorText?.(part);
    });
    // It may have ended before it read all: its exit code tells.
    child.stdin?.on('error', () => {});
    child.stdin?.end(run.input);
  }

  async result(): Promise<GitResult> {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      this.#end('SIGTERM');
      timer = setTimeout(() => this.#end('SIGKILL'), graceMilliseconds);
    };
    this.#signal.addEventListener('abort', onAbort);
    try {
      const exitCode = await this.#exit();
      if (this.#signal.aborted) throw endedBy(this.#signal);
      if (this.#isTooLarge) throw new AgentError('TooLarge', 'Git answered more than 256 MiB');
      const output = Buffer.concat(this.#parts);
      return { exitCode, output, errorText: this.#errorText, isCut: this.#isCut };
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener('abort', onAbort);
    }
  }

  async #exit(): Promise<number | null> {
    return await new Promise((resolve, reject) => {
      this.#child.once('error', (error: NodeJS.ErrnoException) => {
        reject(error.code === 'ENOENT' ? notInstalled(error) : error);
      });
      this.#child.once('close', resolve);
    });
  }

  #take(part: Buffer): void {
    if (this.#isCut || this.#isTooLarge) return;
    if (this.#run.onOutput !== undefined) {
      if (this.#run.onOutput(part)) return;
      this.#isCut = true;
      this.#end('SIGTERM');
      return;
    }
    this.#parts.push(part);
    this.#sizeBytes += part.length;
    if (this.#sizeBytes <= maximumOutputBytes) return;
    this.#isTooLarge = true;
    this.#end('SIGTERM');
  }

  #end(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // It has ended already.
    }
  }
}

function endedBy(signal: AbortSignal): unknown {
  const { reason } = signal as { reason: unknown };
  if (!(reason instanceof DOMException) || reason.name !== 'TimeoutError') return reason;
  return new AgentError('Unavailable', 'Git took longer than 10 minutes and was ended');
}

function notInstalled(cause: unknown): AgentError {
  return new AgentError('NotSupported', 'This image has no Git. Choose an image that has it', {
    cause,
  });
}
