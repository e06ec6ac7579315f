import type { AppType } from '@strongroom/contracts';
import type { SandboxProcess } from '@strongroom/sandbox';

/** What was seen of an app at one moment. */
export interface WorkSample {
  /** Milliseconds of a clock that only goes on. */
  readonly at: number;
  /** Of the whole control group since its start; `undefined`: it cannot be measured. */
  readonly cpuSeconds: number | undefined;
  /** `undefined`: it was not looked, or nobody can look. */
  readonly processes: readonly SandboxProcess[] | undefined;
  /** Of the busiest of its GPUs; `undefined`: it has none, or the driver does not tell. */
  readonly gpuPercent: number | undefined;
}

export type WorkSign = 'processor' | 'gpu' | 'processes' | 'unknown';

/**
 * Of one processor, over the time between two samples. What an idle kernel uses by itself (looking whether
 * its parent lives, heartbeats) is a third of this; a loop that does anything is far above. A studio's server
 * answers whatever pages are open, and what works in a terminal is a process of its own.
 */
const workingCpuShare: Readonly<Partial<Record<AppType, number>>> = {
  KernelGateway: 0.002,
  JupyterServer: 0.05,
};
/** Below this the clock ticks of the kernel tell more than the app: over a few seconds nothing is read into less. */
const leastWorkingCpuSeconds = 0.05;
/** What a driver reports of a GPU that only drew a screen or woke up. */
const workingGpuPercent = 1;

/**
 * What shows that an app works, measured from outside it; `undefined` where nothing does. Whatever cannot
 * be told counts as work: a job that is ended by mistake is lost, an idle hour is only paid for.
 */
export function workSign(
  appType: AppType,
  before: Pick<WorkSample, 'at' | 'cpuSeconds'> | undefined,
  sample: WorkSample,
): WorkSign | undefined {
  if (sample.gpuPercent !== undefined && sample.gpuPercent >= workingGpuPercent) return 'gpu';
  if (sample.cpuSeconds === undefined || before?.cpuSeconds === undefined) return 'unknown';
  const seconds = (sample.at - before.at) / 1000;
  const used = sample.cpuSeconds - before.cpuSeconds;
  if (used >= Math.max(leastWorkingCpuSeconds, seconds * (workingCpuShare[appType] ?? 0)))
    return 'processor';
  const { processes } = sample;
  if (processes === undefined) return undefined;
  return processes.some((each) => isAtWork(each, processes, appType)) ? 'processes' : undefined;
}

/**
 * Whether a process that uses no processor is work all the same: it waits for the network, for a time, or
 * for a person in a terminal.
 */
function isAtWork(
  process: SandboxProcess,
  all: readonly SandboxProcess[],
  appType: AppType,
): boolean {
  if (process.isMain || isPrompt(process)) return false;
  return appType === 'JupyterServer' || !isWaitingWorker(process, all);
}

const shells: ReadonlySet<string> = new Set(['bash', 'dash', 'sh', 'zsh', 'fish', 'ksh']);

/** Of a shell: the next word is its value, and nothing that it runs. */
const optionsWithValue: ReadonlySet<string> = new Set(['--rcfile', '--init-file', '-O', '-o']);

/**
 * A shell that waits for somebody to type, in a terminal or behind a kernel of its language. One that runs
 * something has a child, or was given it: `sh -c …`, a script.
 */
function isPrompt({ argv }: SandboxProcess): boolean {
  if (!shells.has(programOf(argv).replace(/^-/, ''))) return false;
  return argv.slice(1).every((word, index, words) => {
    if (optionsWithValue.has(words[index - 1] ?? '')) return true;
    return word.startsWith('-') && word !== '-c';
  });
}

/**
 * Workers that Python libraries keep for later (multiprocessing, concurrent.futures, joblib) and that have
 * nothing to do: they sleep until something comes through a pipe or a lock. One that waits for the network,
 * for a time or for a program is at work, as is one of which the host does not tell.
 */
function isWaitingWorker(process: SandboxProcess, all: readonly SandboxProcess[]): boolean {
  const { argv, parentPid, sleepsIn = '' } = process;
  const main = all.find(({ isMain }) => isMain);
  const text = argv.find((word) => pythonHelper.test(word)) ?? '';
  if (text.includes('resource_tracker')) return true;
  // The one that workers are forked from; they have its words, and other parents.
  if (text.includes('forkserver') && parentPid === main?.pid) return true;
  // A forked worker has the very words of the kernel.
  const isForked = argv.length > 0 && argv.join('\0') === main?.argv.join('\0');
  return (isForked || text !== '') && waitingForOrders.test(sleepsIn);
}

/** `-c 'from multiprocessing.spawn import …'`, and `-m joblib.externals.loky.backend.popen_loky_posix`. */
const pythonHelper =
  /^from (?:multiprocessing|(?:joblib\.externals\.)?loky)\b[.\w]* import |^(?:joblib\.externals\.)?loky\.backend\.\w+$/;

/** Linux's names of these through its versions: pipes, the locks of threads and processes, unix sockets. */
const waitingForOrders =
  /^(?:anon_)?pipe_(?:read|wait)|^futex_|^unix_stream_(?:read_generic|data_wait)/;

function programOf([program = '']: readonly string[]): string {
  return program.slice(program.lastIndexOf('/') + 1);
}
