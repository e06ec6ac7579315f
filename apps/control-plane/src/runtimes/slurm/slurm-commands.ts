import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { InstanceTypeSettings } from '../../studios/domain-settings.ts';

const run = promisify(execFile);
const commandTimeoutMilliseconds = 10_000;
/** Slurm tells nobody when a job has ended for good. */
const [stateAttempts, stateMilliseconds] = [50, 100];
/** What the program of the job takes beside the kernel's own sandbox. */
const overheadMebibytes = 256;

interface JobOrder {
  readonly jobName: string;
  readonly size: InstanceTypeSettings;
  readonly command: readonly string[];
}

/** A job that is submitted; `srun` waits here for as long as it does. */
export interface SubmittedJob {
  /** Settles when the job has ended, or never began; `said`: what Slurm wrote. */
  readonly ended: Promise<{ readonly said: string }>;
  /** Takes it out of the queue, or ends it. */
  cancel(): void;
}

/** Slurm's own programs, as the control plane's user. */
export class SlurmCommands {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #partition: string | undefined;

  constructor(options: { configurationFile: string | undefined; partition: string | undefined }) {
    const { configurationFile, partition } = options;
    this.#partition = partition;
    // Nothing of the control plane's own environment gets to a job.
    this.#environment = {
      PATH: process.env.PATH,
      ...(configurationFile === undefined ? {} : { SLURM_CONF: configurationFile }),
    };
  }

  /** @throws {Error} where no controller answers; its message says why */
  async ping(): Promise<void> {
    const { stdout } = await this.#run('scontrol', ['ping']);
    if (!/\bUP\b/.test(stdout)) throw new Error(stdout.trim());
  }

  submit({ jobName, size, command }: JobOrder): SubmittedJob {
    const srun = [
      ...['srun', `--job-name=${jobName}`, '--nodes=1', '--ntasks=1', '--mpi=none', '--quiet'],
      `--cpus-per-task=${Math.ceil(size.vcpuCount)}`,
      `--mem=${size.memoryMebibytes + overheadMebibytes}M`,
      ...(this.#partition === undefined ? [] : [`--partition=${this.#partition}`]),
      ...['--export=NONE', '--input=none', '--chdir=/', '--kill-on-bad-exit=1'],
      ...command,
    ];
    // Where the control plane is killed, what waits in the queue is not to start.
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', ...srun], {
      env: this.#environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return { ended: endOf(child), cancel: () => void child.kill('SIGTERM') };
  }

  /** Such as `NODE_FAIL`; undefined where Slurm does not know, or does not answer. */
  async endStateOf(jobId: string): Promise<string | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const state = await this.#stateOf(jobId);
      if (state !== 'COMPLETING' || attempt === stateAttempts) return state;
      await delay(stateMilliseconds);
    }
  }

  async #stateOf(jobId: string): Promise<string | undefined> {
    try {
      const { stdout } = await this.#run('scontrol', ['--oneliner', 'show', 'job', jobId]);
      return /\bJobState=(\S+)/.exec(stdout)?.[1];
    } catch {
      return undefined;
    }
  }

  /** Does nothing where it has ended already. */
  async cancel(jobId: string): Promise<void> {
    await this.#run('scancel', [jobId]).catch(() => undefined);
  }

  #run(program: string, words: readonly string[]) {
    return run(program, words, {
      ...{ env: this.#environment, timeout: commandTimeoutMilliseconds },
    });
  }
}

const maximumSaidLength = 4096;

async function endOf(child: ChildProcess): Promise<{ said: string }> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-maximumSaidLength);
  });
  await new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      said = error.message;
      resolve();
    });
  });
  return { said: said.trim() };
}
