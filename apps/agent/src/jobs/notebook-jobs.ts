import type { AgentNotice, KernelId, RunNotebookRequest } from '@strongroom/contracts';
import type { HomeFolder } from '../contents/home-folder.ts';
import type { KernelNotices } from '../kernels/kernel-notices.ts';
import type { KernelEnd } from '../kernels/kernel-process.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { JobFailure } from './job-failure.ts';
import { JobLog } from './job-log.ts';
import { NotebookRun } from './notebook-run.ts';

export interface NotebookJobsOptions {
  readonly home: HomeFolder;
  readonly kernels: Kernels;
  readonly notices: () => KernelNotices;
  readonly tell: (notice: AgentNotice) => void;
  /** Told when one begins and ends. */
  readonly onChange: () => void;
}

/** Notebooks that run without a page, because the control plane asks for it. */
export class NotebookJobs {
  readonly #options: NotebookJobsOptions;
  readonly #runs = new Map<string, NotebookRun>();

  constructor(options: NotebookJobsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#runs.size;
  }

  kernelIds(): KernelId[] {
    return [...this.#runs.values()].flatMap(({ kernelId }) => kernelId ?? []);
  }

  async run(request: RunNotebookRequest): Promise<void> {
    const { jobId } = request;
    if (this.#runs.has(jobId)) return;
    const { home, kernels, tell, onChange } = this.#options;
    const log = new JobLog((text) => tell({ notice: 'notebookOutput', jobId, text }));
    const run = new NotebookRun({
      ...{ request, home, kernels },
      onText: (text) => log.add(text),
      onProgress: (finishedCells, totalCells) => {
        tell({ notice: 'notebookProgress', jobId, finishedCells, totalCells });
        onChange();
      },
      describeEnd: (end) => this.#describeEnd(end),
    });
    this.#runs.set(jobId, run);
    onChange();
    const outcome = await run.perform();
    log.flush();
    this.#runs.delete(jobId);
    tell({ notice: 'notebookEnded', jobId, ...outcome });
    onChange();
  }

  async cancel(jobId: string): Promise<void> {
    await this.#runs.get(jobId)?.cancel();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#runs.values()].map((run) => run.abandon()));
  }

  /** A kernel that ended before its notebook. */
  #describeEnd(end: KernelEnd): JobFailure {
    const message = this.#options.notices().endedInJob(end);
    const exit = end.cause === 'exited' ? end.exit : undefined;
    if (exit?.outOfMemory === true) return new JobFailure('OutOfMemory', message);
    if (exit?.stoppedByPerson === true || (exit !== undefined && exit.reason !== null)) {
      return new JobFailure('KernelStopped', message);
    }
    return new JobFailure('KernelDied', message, { mayRetry: true });
  }
}
