import { type ChildProcess, spawn } from 'node:child_process';

const maximumOutputCharacters = 1024 * 1024;

export interface ProgramResult {
  /** Null where it was ended by a signal or its time was up. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** The last part of it. */
  readonly stderr: string;
  readonly timedOut: boolean;
  /** There is no such program. */
  readonly missing: boolean;
}

/** Runs the image's `python3`, in a process group of its own so that what it starts ends with it. */
export async function runPython(
  parameters: readonly string[],
  options: { workingFolder: string; timeoutMilliseconds: number; signal?: AbortSignal },
): Promise<ProgramResult> {
  const child = spawn('python3', parameters, {
    cwd: options.workingFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stdout = collect(child.stdout, 'first');
  const stderr = collect(child.stderr, 'last');
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    endGroup(child);
  }, options.timeoutMilliseconds);
  const onAbort = () => endGroup(child);
  options.signal?.addEventListener('abort', onAbort);
  try {
    const { exitCode, missing } = await waitForExit(child);
    return { exitCode, missing, timedOut, stdout: stdout(), stderr: stderr() };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

async function waitForExit(
  child: ChildProcess,
): Promise<{ exitCode: number | null; missing: boolean }> {
  return await new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve({ exitCode: null, missing: true });
      else reject(error);
    });
    child.once('close', (exitCode) => resolve({ exitCode, missing: false }));
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function collect(stream: NodeJS.ReadableStream, keep: 'first' | 'last'): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (part: string) => {
    if (keep === 'last') text = (text + part).slice(-maximumOutputCharacters);
    else if (text.length < maximumOutputCharacters) text += part;
  });
  return () => text;
}
