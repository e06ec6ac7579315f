import { Worker } from 'node:worker_threads';
import { StrongroomError } from '@strongroom/contracts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { CheckedNotebook } from '../share.ts';
import type { NotebookTasks, TaskAnswer, TaskMessage } from './notebook-tasks.ts';

export interface WorkerTasksOptions {
  /** The built `notebook-worker.js`. */
  readonly program: string;
  readonly log: StudioLog;
  readonly taskTimeoutMilliseconds?: number;
  readonly idleMilliseconds?: number;
}

interface Waiting {
  readonly resolve: (answer: TaskAnswer) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

/** Notebooks wait in memory. */
const maximumWaiting = 8;
const memoryMebibytes = 1_536;

/**
 * Notebooks are read in a thread of their own, so that nobody else waits for them and one that takes
 * too much memory or time ends that thread alone.
 */
export class NotebookTasksWorker implements NotebookTasks {
  readonly #options: Required<WorkerTasksOptions>;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor(options: WorkerTasksOptions) {
    this.#options = { taskTimeoutMilliseconds: 60_000, idleMilliseconds: 600_000, ...options };
  }

  warmUp(): void {
    this.#ready();
    this.#rest();
  }

  async check(notebook: Parameters<NotebookTasks['check']>[0]): Promise<CheckedNotebook> {
    const bytes = owned(notebook.bytes);
    const answer = await this.#ask(
      (id) => ({ id, kind: 'check', notebook: { ...notebook, bytes } }),
      bytes,
    );
    if ('checked' in answer) return answer.checked;
    throw new Error('Cannot check a notebook: the worker answered something else');
  }

  async addProvenance(
    ...[given, provenance]: Parameters<NotebookTasks['addProvenance']>
  ): Promise<Uint8Array> {
    const bytes = owned(given);
    const answer = await this.#ask((id) => ({ id, kind: 'provenance', bytes, provenance }), bytes);
    if ('bytes' in answer) return answer.bytes;
    throw new Error('Cannot copy a notebook: the worker answered something else');
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#end(new Error('Cannot read a notebook: the control plane stops'));
  }

  async #ask(messageOf: (id: number) => TaskMessage, bytes: Uint8Array): Promise<TaskAnswer> {
    if (this.#waiting.size >= maximumWaiting) throw tooMany();
    clearTimeout(this.#idle);
    const worker = this.#ready();
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = await new Promise<TaskAnswer>((resolve, reject) => {
      const timer = setTimeout(
        () => void this.#end(tooHard('it takes too long')),
        this.#options.taskTimeoutMilliseconds,
      );
      this.#waiting.set(id, { resolve, reject, timer });
      worker.postMessage(messageOf(id), [bytes.buffer as ArrayBuffer]);
    });
    if (!('refusal' in answer)) return answer;
    const { code, message, why } = answer.refusal;
    throw new StrongroomError(code, message, { values: { why } });
  }

  #ready(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#options.program, {
      // Neither the environment nor the arguments of the control plane are its business.
      ...{ env: {}, argv: [], execArgv: [] },
      resourceLimits: { maxOldGenerationSizeMb: memoryMebibytes },
    });
    worker.unref();
    worker.on('message', (answer: TaskAnswer) => this.#settle(answer));
    worker.on('error', (error) => {
      this.#options.log.warn({ err: error }, 'The worker that reads notebooks ended');
      if (worker === this.#worker) void this.#end(tooHard('it cannot be read'));
    });
    this.#worker = worker;
    return worker;
  }

  #settle(answer: TaskAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    clearTimeout(waiting?.timer);
    waiting?.resolve(answer);
    if (this.#waiting.size === 0) this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      void this.#end(new Error('Cannot read a notebook: the worker rests'));
    }, this.#options.idleMilliseconds).unref();
  }

  /** All that wait fail: which of them was to blame is not known. */
  async #end(error: Error): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, timer } of waiting) {
      clearTimeout(timer);
      reject(error);
    }
    await worker?.terminate();
  }
}

/** What is handed over is gone here, so it must not be a piece of something larger. */
function owned(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes);
}

function tooMany(): StrongroomError {
  return new StrongroomError('TooManyRequests', 'Too many notebooks are read at once', {
    values: { retryAfterSeconds: 2 },
  });
}

function tooHard(why: string): StrongroomError {
  return new StrongroomError('NotANotebook', `Cannot share this file: ${why}`, { values: { why } });
}
