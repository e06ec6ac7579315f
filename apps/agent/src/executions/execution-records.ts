import { cellsOf, isObject } from '../contents/notebook-shape.ts';
import type { KernelMessage } from '../kernels/kernel-message.ts';
import type { KernelObserver } from '../kernels/kernel-options.ts';
import { logFailure } from '../log-failure.ts';
import type { ExecutionReplay } from './execution-record.ts';
import { FlushTimer, type FlushTimes, flushTimes } from './flush-timer.ts';
import { judgeSave } from './judge-save.ts';
import { KernelRecords, recordLimitBytes } from './kernel-records.ts';
import type { NotebookFile } from './notebook-file.ts';

/** For all kernels together. */
const totalLimitBytes = 3 * recordLimitBytes;

export interface ExecutionRecordsOptions {
  readonly file: NotebookFile;
  /** Which notebooks work with that kernel. */
  readonly pathsOf: (kernelId: string) => readonly string[];
  readonly shortenedText: (limitBytes: number) => string;
  readonly times?: FlushTimes;
}

/**
 * What cells have written since a page last saved their notebook. While no page is connected it goes
 * into the notebook file; a page that opens the notebook then has it, and is given what still runs.
 */
export class ExecutionRecords implements KernelObserver {
  readonly #options: ExecutionRecordsOptions;
  readonly #kernels = new Map<string, KernelRecords>();
  readonly #timer: FlushTimer;

  constructor(options: ExecutionRecordsOptions) {
    this.#options = options;
    this.#timer = new FlushTimer(options.times ?? flushTimes, (kernelId) => this.flush(kernelId));
  }

  onRequest(kernelId: string, sessionId: string, request: KernelMessage): void {
    this.#recordsOf(kernelId).begin(sessionId, request);
  }

  onPublished(kernelId: string, message: KernelMessage): void {
    const records = this.#kernels.get(kernelId);
    if (records === undefined || !records.take(message)) return;
    this.#makeRoom();
    if (records.isAlone) this.#timer.schedule(kernelId);
  }

  onConnected(kernelId: string): void {
    this.#recordsOf(kernelId).isAlone = false;
    this.#timer.cancel(kernelId);
  }

  onAlone(kernelId: string): void {
    this.#recordsOf(kernelId).isAlone = true;
    this.#timer.schedule(kernelId);
  }

  onRunEnded(kernelId: string): void {
    const records = this.#kernels.get(kernelId);
    records?.endAll();
    if (records?.isAlone === true) this.#timer.schedule(kernelId);
  }

  onShutDown(kernelId: string): void {
    this.#timer.cancel(kernelId);
    const forget = () => void this.#kernels.delete(kernelId);
    // A page that was there has it, and saves it.
    if (this.#kernels.get(kernelId)?.isAlone !== true) forget();
    else void this.flush(kernelId).finally(forget);
  }

  /** For a page that has opened a notebook of that kernel: what it cannot have seen. */
  replay(kernelId: string, sessionId: string): ExecutionReplay[] {
    const others = this.#recordsOf(kernelId)
      .list()
      .filter((record) => !record.isReleased && record.sessionId !== sessionId);
    for (const record of others) record.sessionId = sessionId;
    return others.map((record) => record.toReplay());
  }

  /** A page is about to read that notebook: where nobody has it open, the file is made whole first. */
  async beforeRead(apiPath: string): Promise<void> {
    for (const [kernelId, records] of this.#kernelsOf(apiPath)) {
      if (records.isAlone) await this.flush(kernelId);
    }
  }

  async afterRead(apiPath: string): Promise<void> {
    await this.#options.file.noteRead(apiPath);
    for (const [, records] of this.#kernelsOf(apiPath)) {
      for (const record of records.list()) {
        if (record.isSaved && record.hasEnded) record.isReleased = true;
      }
    }
  }

  async afterSave(apiPath: string, notebook: unknown): Promise<void> {
    await this.#options.file.noteRead(apiPath);
    if (!isObject(notebook)) return;
    const cells = new Map(cellsOf(notebook).map((cell) => [cell.id, cell]));
    for (const [, records] of this.#kernelsOf(apiPath)) {
      const options = { now: performance.now(), isAlone: records.isAlone };
      for (const record of records.list()) {
        const verdict = judgeSave(record, cells.get(record.request.cellId), options);
        if (verdict === 'forgotten') records.forget(record);
      }
    }
  }

  hashFor(apiPath: string, hash: string): string {
    return this.#options.file.hashFor(apiPath, hash);
  }

  /** Writes what is not saved into the notebooks of a kernel. A failure is tried again with the next. */
  async flush(kernelId: string): Promise<void> {
    const records = this.#kernels.get(kernelId);
    const dirty = records?.list().filter(({ isSaved }) => !isSaved) ?? [];
    if (records === undefined || dirty.length === 0) return;
    const changeCounts = dirty.map(({ changeCount }) => changeCount);
    let isDone = this.#pathsOf(kernelId, records).length > 0;
    for (const path of this.#pathsOf(kernelId, records)) {
      try {
        isDone = (await this.#options.file.merge(path, dirty)) && isDone;
      } catch (error) {
        isDone = false;
        logFailure(`Cannot write the outputs of ${kernelId} into their notebook`, error);
      }
    }
    if (!isDone) return;
    for (const [index, record] of dirty.entries()) {
      record.isSaved = record.changeCount === changeCounts[index];
    }
  }

  /** The studio ends: no page can save any more. */
  async close(): Promise<void> {
    this.#timer.close();
    await Promise.all([...this.#kernels.keys()].map((kernelId) => this.flush(kernelId)));
  }

  /** Forgets what is saved, oldest first; then what pages have been shown. */
  #makeRoom(): void {
    let sizeBytes = this.#sizeBytes();
    if (sizeBytes <= totalLimitBytes) return;
    const all = [...this.#kernels.values()].flatMap((records) =>
      records.list().map((record) => ({ records, record })),
    );
    const ended = all.filter(({ record }) => record.hasEnded);
    const saved = ended.filter(({ record }) => record.isSaved);
    const shown = ended.filter(({ records, record }) => !record.isSaved && !records.isAlone);
    for (const { records, record } of [...saved, ...shown]) {
      if (sizeBytes <= totalLimitBytes) return;
      records.forget(record);
      sizeBytes -= record.outputs.sizeBytes;
    }
  }

  #sizeBytes(): number {
    let sizeBytes = 0;
    for (const records of this.#kernels.values()) sizeBytes += records.sizeBytes;
    return sizeBytes;
  }

  #kernelsOf(apiPath: string): [string, KernelRecords][] {
    return [...this.#kernels].filter(([kernelId, records]) =>
      this.#pathsOf(kernelId, records).includes(apiPath),
    );
  }

  #pathsOf(kernelId: string, records: KernelRecords): readonly string[] {
    const paths = this.#options.pathsOf(kernelId);
    // A session ends a moment before its kernel.
    if (paths.length > 0) records.paths = paths;
    return records.paths;
  }

  #recordsOf(kernelId: string): KernelRecords {
    const existing = this.#kernels.get(kernelId);
    if (existing !== undefined) return existing;
    const records = new KernelRecords({
      now: () => performance.now(),
      shortenedText: () => this.#options.shortenedText(recordLimitBytes),
    });
    this.#kernels.set(kernelId, records);
    return records;
  }
}
