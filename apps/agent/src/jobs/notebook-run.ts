import { dirname, relative } from 'node:path';
import type { RunNotebookRequest } from '@strongroom/contracts';
import type { HomeFolder } from '../contents/home-folder.ts';
import { cellsOf, isObject, type JsonObject } from '../contents/notebook-shape.ts';
import { OutputCollector } from '../executions/output-collector.ts';
import { AgentError } from '../http/agent-error.ts';
import type { KernelRun } from '../kernels/kernel-options.ts';
import type { KernelEnd, KernelProcess } from '../kernels/kernel-process.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { instanceTypeIn } from '../sessions/notebook-instance-type.ts';
import { JobFailure, type ToldFailure, tellFailure } from './job-failure.ts';
import { readNotebook, writeNotebook } from './job-files.ts';
import { JobKernel } from './job-kernel.ts';
import { hasTag, prepareNotebook, tags } from './prepare-notebook.ts';

export interface NotebookRunOptions {
  readonly request: RunNotebookRequest;
  readonly home: HomeFolder;
  readonly kernels: Kernels;
  /** Of the cells of the person's notebook, text too: as they count them, and as Lab does. */
  readonly onProgress: (finishedCells: number, totalCells: number) => void;
  readonly onText: (text: string) => void;
  readonly describeEnd: (end: KernelEnd) => JobFailure;
}

export interface NotebookOutcome {
  readonly outcome: 'completed' | 'failed' | 'cancelled';
  readonly failure: ToldFailure | null;
}

/** From asking an interrupted kernel until it is stopped. */
const cancelMilliseconds = 3_000;

/** One run of a notebook file, without a page: by nbclient's rules, into a notebook of its own. */
export class NotebookRun {
  readonly #options: NotebookRunOptions;
  readonly #startedAt = new Date();
  #process: KernelProcess | undefined;
  #run: KernelRun | undefined;
  #isCancelled = false;

  constructor(options: NotebookRunOptions) {
    this.#options = options;
  }

  /** Its kernel's id, while there is one. */
  get kernelId(): KernelRun['request']['kernelId'] | undefined {
    return this.#run?.request.kernelId;
  }

  /** Never throws: what keeps it from its end is in the outcome. */
  async perform(): Promise<NotebookOutcome> {
    const { request, home } = this.#options;
    let notebook: JsonObject | undefined;
    let outcome = await this.#attempt(async () => {
      this.#pathOf(request.outputFile);
      const read = await readNotebook(home, this.#pathOf(request.notebookFile));
      await this.#execute(read, () => {
        notebook = read;
      });
    });
    await this.#process?.stop({ restart: false });
    if (notebook !== undefined) {
      const written = notebook;
      this.#addProvenance(written, outcome);
      const saved = await this.#attempt(() =>
        writeNotebook(home, this.#pathOf(request.outputFile), written),
      );
      if (saved.outcome === 'failed') outcome = saved;
    }
    return outcome;
  }

  /** Interrupts the cell, and stops the kernel where that does not end it. */
  async cancel(): Promise<void> {
    this.#isCancelled = true;
    const process = this.#process;
    if (process === undefined) return;
    const timer = setTimeout(() => void process.stop({ restart: false }), cancelMilliseconds);
    void process.ended.then(() => clearTimeout(timer));
    if (process.isAlive) await process.interrupt();
  }

  /** Leaves the kernel to the control plane. */
  async abandon(): Promise<void> {
    this.#isCancelled = true;
    await this.#process?.abandon();
  }

  async #attempt(work: () => Promise<void>): Promise<NotebookOutcome> {
    try {
      await work();
      return { outcome: this.#isCancelled ? 'cancelled' : 'completed', failure: null };
    } catch (error) {
      if (this.#isCancelled) return { outcome: 'cancelled', failure: null };
      return { outcome: 'failed', failure: tellFailure(error) };
    }
  }

  /** `onBegun`: from now on there is something to write. */
  async #execute(notebook: JsonObject, onBegun: () => void): Promise<void> {
    const kernel = await this.#startKernel(notebook);
    const language = this.#run?.spec.language ?? '';
    const { request, onProgress } = this.#options;
    const added = prepareNotebook(notebook, request.parameters, language);
    onBegun();
    const cells = cellsOf(notebook);
    const own = cells.filter((cell) => cell !== added);
    onProgress(0, own.length);
    for (const cell of cells.filter(isToRun)) {
      if (this.#isCancelled) return;
      const place = cell === added ? null : own.indexOf(cell);
      // What stands before it is done, whether it was run or not.
      if (place !== null) onProgress(place, own.length);
      await this.#runCell(kernel, cell, place);
    }
    onProgress(own.length, own.length);
  }

  /** `place`: in the person's notebook; null where that does not have it. */
  async #runCell(kernel: JobKernel, cell: JsonObject, place: number | null): Promise<void> {
    const mayRaise = hasTag(cell, tags.raisesException);
    const outputs = new OutputCollector();
    // What it holds when the notebook is written: later cells may still change its displays.
    Object.defineProperty(cell, 'outputs', { get: () => outputs.toJson(), enumerable: true });
    const result = await kernel
      .run(String(cell.source), { outputs, stopsOnError: !mayRaise })
      .catch((error: unknown) => {
        if (!(error instanceof JobFailure)) throw error;
        const { code, message, mayRetry } = error;
        throw new JobFailure(code, message, { cell: place, mayRetry });
      });
    cell.execution_count = result.executionCount;
    if (result.status === 'ok' || mayRaise || this.#isCancelled) return;
    throw new JobFailure('CellFailed', result.error, { cell: place });
  }

  async #startKernel(notebook: JsonObject): Promise<JobKernel> {
    const { request, home, kernels, describeEnd, onText } = this.#options;
    const path = this.#pathOf(request.notebookFile);
    let kernel: JobKernel | undefined;
    this.#run = await kernels.findRun({
      specName: request.kernelName ?? kernelNameOf(notebook),
      instanceType: request.instanceType ?? instanceTypeIn(notebook),
      workingDirectory: dirname(await home.resolve(path)),
      environment: { JPY_SESSION_NAME: request.notebookFile },
    });
    const process = await kernels.startProcess(this.#run, (frames) => kernel?.take(frames));
    this.#process = process;
    kernel = new JobKernel({ process, onText, describeEnd });
    return kernel;
  }

  #addProvenance(notebook: JsonObject, { outcome, failure }: NotebookOutcome): void {
    const { request, home } = this.#options;
    const metadata = isObject(notebook.metadata) ? notebook.metadata : {};
    const own = isObject(metadata.strongroom) ? metadata.strongroom : {};
    const job = {
      job_id: request.jobId,
      notebook: relative(home.root, request.notebookFile),
      parameters: request.parameters,
      kernel_name: this.#run?.spec.name ?? null,
      image_name: this.#run?.spec.imageName ?? null,
      instance_type: this.#run?.request.instanceType ?? null,
      started_at: this.#startedAt.toISOString(),
      ended_at: new Date().toISOString(),
      outcome,
      failure: failure === null ? null : { ...failure },
    };
    notebook.metadata = { ...metadata, strongroom: { ...own, job } };
  }

  /** Throws `Refused` for what does not lie in the home. */
  #pathOf(file: string): string {
    const path = relative(this.#options.home.root, file);
    if (!file.startsWith('/') || path === '..' || path.startsWith('../')) {
      throw new AgentError('Refused', `"${file}" is not in the home folder`);
    }
    return path;
  }
}

function isToRun(cell: JsonObject): boolean {
  const { cell_type: type, source } = cell;
  const hasSource = typeof source === 'string' && source.trim() !== '';
  return type === 'code' && hasSource && !hasTag(cell, tags.skipped);
}

function kernelNameOf(notebook: JsonObject): string | undefined {
  const { kernelspec } = isObject(notebook.metadata) ? notebook.metadata : {};
  const name = isObject(kernelspec) ? kernelspec.name : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}
