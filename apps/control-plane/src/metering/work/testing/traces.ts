import type { AppType } from '@strongroom/contracts';

/** What an app does for a while, as it is seen from outside. */
export interface TraceStep {
  readonly minutes: number;
  /** Of one processor, on average; a function of the second where it comes in bursts. */
  readonly cpu: number | ((second: number) => number);
  /** The agent says that a cell runs. */
  readonly isBusy?: boolean;
  /** Beside the kernel or the agent itself. */
  readonly processes?: readonly (readonly string[] | TraceWorker)[];
  readonly gpuPercent?: number;
}

/** A worker that a library keeps, with what it sleeps in. */
interface TraceWorker {
  readonly argv: readonly string[];
  readonly sleepsIn: string | undefined;
}

/** One app's use, labelled with whether it works: what works is never ended. */
export interface Trace {
  readonly name: string;
  readonly appType: AppType;
  /** The steps that are work; the others are idle. */
  readonly label: 'work' | 'idle' | 'work-then-idle';
  readonly steps: readonly TraceStep[];
}

const hours = 60;
/** Measured of an idle Python kernel (ipykernel 6.17): it looks each second whether its parent lives. */
export const idlePython = 0.0006;
const idleNode = 0.0002;
const idleR = 0.001;
/** Of an agent with pages open that ask every few seconds. */
const idleServer = 0.012;

/** So many seconds of work in each period. */
const bursts = (share: number, { seconds, every }: { seconds: number; every: number }) => {
  return (second: number) => (second % every < seconds ? share : idlePython);
};

const kernel = (
  name: string,
  label: Trace['label'],
  ...steps: Trace['steps'][number][]
): Trace => ({ name, appType: 'KernelGateway', label, steps });
const server = (
  name: string,
  label: Trace['label'],
  ...steps: Trace['steps'][number][]
): Trace => ({ name, appType: 'JupyterServer', label, steps });

const spawnedWorker = [
  ...['/opt/python/bin/python', '-c'],
  'from multiprocessing.spawn import spawn_main; spawn_main(tracker_fd=5, pipe_handle=7)',
];
const resourceTracker = [
  ...['/opt/python/bin/python', '-c'],
  'from multiprocessing.resource_tracker import main;main(36)',
];
const lokyWorker = [
  ...['/opt/python/bin/python', '-m', 'joblib.externals.loky.backend.popen_loky_posix'],
  ...['--process-name', 'LokyProcess-1', '--pipe', '22'],
];
/** A forked worker has the words of the kernel it was forked from. */
export const kernelWords = [
  ...['/opt/python/bin/python', '-m', 'ipykernel_launcher', '-f', '/run/strongroom/kernel.json'],
];
const waiting = (argv: readonly string[], sleepsIn = 'pipe_read') => ({ argv, sleepsIn });
const prompt = ['/bin/bash', '--login'];

export const traces: readonly Trace[] = [
  // Cells that run.
  kernel('training on the processor', 'work', { minutes: 3 * hours, cpu: 1.9, isBusy: true }),
  kernel('training on a GPU, the processor mostly waits', 'work', {
    ...{ minutes: 3 * hours, cpu: 0.004, isBusy: true, gpuPercent: 97 },
  }),
  kernel('a cell in time.sleep', 'work', { minutes: 3 * hours, cpu: idlePython, isBusy: true }),
  kernel('a cell that reads from the network and gets nothing', 'work', {
    ...{ minutes: 3 * hours, cpu: idlePython, isBusy: true },
  }),
  kernel('a query to a warehouse that takes hours', 'work', {
    ...{ minutes: 4 * hours, cpu: idlePython, isBusy: true },
  }),
  kernel('a Node.js cell that awaits a timer', 'work', {
    ...{ minutes: 2 * hours, cpu: idleNode, isBusy: true },
  }),
  kernel('an R model that is fitted', 'work', { minutes: 2 * hours, cpu: 1, isBusy: true }),
  kernel('a cell that waits for input()', 'work', {
    ...{ minutes: 2 * hours, cpu: idlePython, isBusy: true },
  }),
  kernel(
    'one cell after another, with pauses to think',
    'work',
    ...repeat(12, [
      { minutes: 0.2, cpu: 0.6, isBusy: true },
      { minutes: 9, cpu: idlePython },
    ]),
  ),
  kernel(
    'short cells that use hardly anything, every eight minutes',
    'work',
    ...repeat(15, [
      { minutes: 0.02, cpu: 0.01, isBusy: true },
      { minutes: 8, cpu: idlePython },
    ]),
  ),
  // Work that the agent knows nothing of.
  kernel('a thread that computes after its cell has ended', 'work', {
    minutes: 2 * hours,
    cpu: 0.98,
  }),
  kernel('a thread that downloads a large file', 'work', { minutes: 2 * hours, cpu: 0.04 }),
  kernel('a thread that asks for something every ten seconds', 'work', {
    ...{ minutes: 2 * hours, cpu: 0.0031 },
  }),
  kernel('a thread that fetches every ten seconds', 'work', {
    ...{ minutes: 2 * hours, cpu: bursts(0.15, { seconds: 1, every: 10 }) },
  }),
  kernel('a thread that evaluates every five minutes', 'work', {
    ...{ minutes: 2 * hours, cpu: bursts(1, { seconds: 8, every: 300 }) },
  }),
  kernel('an agent that lies about a kernel which computes', 'work', {
    minutes: 2 * hours,
    cpu: 0.5,
  }),
  kernel('a GPU that is fed from a thread', 'work', {
    ...{ minutes: 2 * hours, cpu: idlePython, gpuPercent: 40 },
  }),
  kernel(
    'a GPU that is used a little, now and then',
    'work',
    ...repeat(30, [
      { minutes: 2, cpu: idlePython, gpuPercent: 0 },
      { minutes: 3, cpu: idlePython, gpuPercent: 3 },
    ]),
  ),
  kernel('a program in the background that waits for the network', 'work', {
    ...{ minutes: 3 * hours, cpu: idlePython, processes: [['wget', '-c', 'https://mirror/x.tar']] },
  }),
  kernel('a program in the background that starts later', 'work', {
    ...{ minutes: 3 * hours, cpu: idlePython },
    processes: [
      ['/bin/sh', '-c', 'sleep 7200; python train.py'],
      ['sleep', '7200'],
    ],
  }),
  kernel('a copy in the background that the disk holds up', 'work', {
    ...{ minutes: 2 * hours, cpu: idlePython, processes: [['cp', '-r', 'a', 'b']] },
  }),
  kernel('a pool of forked workers that compute', 'work', {
    ...{ minutes: 2 * hours, cpu: 1.9, processes: [kernelWords, kernelWords] },
  }),
  kernel('loky workers that compute, the cell has ended', 'work', {
    ...{ minutes: 2 * hours, cpu: 0.7, processes: [lokyWorker, resourceTracker] },
  }),
  kernel('a pool whose workers wait for the network, the cell has ended', 'work', {
    ...{ minutes: 2 * hours, cpu: idlePython },
    processes: [waiting(kernelWords, 'sk_wait_data'), waiting(kernelWords)],
  }),
  kernel('a spawned worker that sleeps between two tries', 'work', {
    ...{ minutes: 2 * hours, cpu: idlePython },
    processes: [waiting(spawnedWorker, 'hrtimer_nanosleep'), resourceTracker],
  }),
  kernel('workers of which the host does not tell what they wait for', 'work', {
    ...{ minutes: 2 * hours, cpu: idlePython },
    processes: [{ argv: lokyWorker, sleepsIn: undefined }, resourceTracker],
  }),
  kernel('a program whose words cannot be read', 'work', {
    ...{ minutes: 2 * hours, cpu: idlePython, processes: [[]] },
  }),
  kernel('a compiler that a build tool starts', 'work', {
    ...{
      minutes: 2 * hours,
      cpu: 0.0016,
      processes: [
        ['make', '-j2'],
        ['cc1', 'model.c'],
      ],
    },
  }),
  // Terminals.
  server('a script in a terminal that computes', 'work', {
    ...{ minutes: 2 * hours, cpu: 0.9, processes: [prompt, ['python', 'train.py']] },
  }),
  server('a script in a terminal that sleeps', 'work', {
    ...{ minutes: 2 * hours, cpu: idleServer, processes: [prompt, ['sleep', '86400']] },
  }),
  server('a script that replaced its shell', 'work', {
    ...{ minutes: 2 * hours, cpu: idleServer, processes: [['python', 'serve.py']] },
  }),
  server('an editor with a file open in a terminal', 'work', {
    ...{ minutes: 2 * hours, cpu: idleServer, processes: [prompt, ['vim', 'notes.md']] },
  }),
  server('a shell script in a terminal that waits for a file', 'work', {
    ...{ minutes: 2 * hours, cpu: idleServer, processes: [prompt, ['bash', 'wait-for-data.sh']] },
  }),
  server('a shell that loops by itself', 'work', {
    ...{ minutes: 2 * hours, cpu: 0.97, processes: [prompt] },
  }),
  server('what tmux holds after the terminal was closed', 'work', {
    ...{ minutes: 2 * hours, cpu: idleServer, processes: [['tmux', 'new'], prompt] },
  }),
  server('a large folder that is packed for a download', 'work', {
    ...{ minutes: 2 * hours, cpu: 0.4, processes: [['tar', 'cz', 'results']] },
  }),
  // Nothing.
  kernel('a Python kernel that was only opened', 'idle', { minutes: 3 * hours, cpu: idlePython }),
  kernel('a Node.js kernel that was only opened', 'idle', { minutes: 3 * hours, cpu: idleNode }),
  kernel('an R kernel that was only opened', 'idle', { minutes: 3 * hours, cpu: idleR }),
  kernel('a GPU kernel that was only opened', 'idle', {
    ...{ minutes: 3 * hours, cpu: idlePython, gpuPercent: 0 },
  }),
  kernel('a kernel whose pool of workers has nothing to do', 'idle', {
    ...{ minutes: 3 * hours, cpu: 0.0011 },
    processes: [waiting(kernelWords), waiting(spawnedWorker, 'futex_wait_queue'), resourceTracker],
  }),
  kernel('a kernel after joblib, its workers kept for later', 'idle', {
    ...{ minutes: 3 * hours, cpu: 0.0012 },
    processes: [waiting(lokyWorker), waiting(lokyWorker, 'futex_wait_queue_me'), resourceTracker],
  }),
  kernel(
    'a kernel after a night of training',
    'work-then-idle',
    { minutes: 8 * hours, cpu: 1.9, isBusy: true },
    { minutes: 3 * hours, cpu: idlePython },
  ),
  kernel(
    'a kernel whose download has come to its end',
    'work-then-idle',
    { minutes: hours, cpu: idlePython, processes: [['wget', 'https://mirror/x.tar']] },
    { minutes: 3 * hours, cpu: idlePython },
  ),
  server('a studio with a page open and nobody before it', 'idle', {
    ...{ minutes: 3 * hours, cpu: idleServer },
  }),
  server('a studio with terminals open at their prompts', 'idle', {
    ...{
      minutes: 3 * hours,
      cpu: idleServer,
      processes: [prompt, ['-bash'], ['/usr/bin/zsh', '-l']],
    },
  }),
  server(
    'a studio whose script in a terminal has ended',
    'work-then-idle',
    { minutes: hours, cpu: 0.5, processes: [prompt, ['python', 'train.py']] },
    { minutes: 3 * hours, cpu: idleServer, processes: [prompt] },
  ),
];

function repeat(count: number, steps: readonly TraceStep[]): TraceStep[] {
  return Array.from({ length: count }, () => steps).flat();
}
