import { Worker } from 'node:worker_threads';
import { StrongroomError } from '@strongroom/contracts';
import { SerialQueue } from '../../serial-queue.ts';
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

interface Running {
  readonly id: number;
  readonly resolve: (answer: TaskAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Notebooks wait in memory. */
const maximumWaiting = 8;
const memoryMebibytes = 1_536;

/**
 * Notebooks are read in a thread of their own, one after the other, so that nobody else waits for them
 * and one that takes too much memory or time ends that thread and no other's work.
 */
export class NotebookTasksWorker implements NotebookTasks {
  readonly #options: Required<WorkerTasksOptions>;
  readonly #queue = new SerialQueue();
  #waitingCount = 0;
  #running: Running | undefined;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;
  #isClosed = false;

  constructor(options: WorkerTasksOptions) {
    this.#options = { taskTimeoutMilliseconds: 60_000, idleMilliseconds: 600_000, ...options };
  }

  warmUp(): void {
    this.#ready();
    if (this.#waitingCount === 0) this.#rest();
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
    this.#isClosed = true;
    clearTimeout(this.#idle);
    await this.#end(stopping());
  }

  async #ask(messageOf: (id: number) => TaskMessage, bytes: Uint8Array): Promise<TaskAnswer> {
    if (this.#waitingCount >= maximumWaiting) throw tooMany();
    this.#waitingCount += 1;
    clearTimeout(this.#idle);
    try {
      const answer = await this.#queue.run(() => this.#send(messageOf, bytes));
      if (!('refusal' in answer)) return answer;
      const { code, message, why } = answer.refusal;
      throw new StrongroomError(code, message, { values: { why } });
    } finally {
      this.#waitingCount -= 1;
      if (this.#waitingCount === 0 && !this.#isClosed) this.#rest();
    }
  }

  async #send(messageOf: (id: number) => TaskMessage, bytes: Uint8Array): Promise<TaskAnswer> {
    if (this.#isClosed) throw stopping();
    const worker = this.#ready();
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<TaskAnswer>((resolve, reject) => {
      const timer = setTimeout(
        () => void this.#end(tooHard('it takes too long')),
        this.#options.taskTimeoutMilliseconds,
      );
      const settle = () => {
        clearTimeout(timer);
        this.#running = undefined;
      };
      this.#running = {
        id,
        resolve(answer) {
          settle();
          resolve(answer);
        },
        reject(error) {
          settle();
          reject(error);
        },
      };
      worker.postMessage(messageOf(id), [bytes.buffer as ArrayBuffer]);
    });
  }

  #ready(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#options.program, {
      // Neither the environment nor the arguments of the control plane are its business.
      ...{ env: {}, argv: [], execArgv: [] },
      resourceLimits: { maxOldGenerationSizeMb: memoryMebibytes },
    });
    worker.unref();
    worker.on('message', (answer: TaskAnswer) => {
      if (answer.id === this.#running?.id) this.#running.resolve(answer);
    });
    worker.on('error', (error) => {
      this.#options.log.warn({ err: error }, 'The worker that reads notebooks ended');
      if (worker === this.#worker) void this.#end(tooHard('it cannot be read'));
    });
    this.#worker = worker;
    return worker;
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      void this.#end(new Error('Cannot read a notebook: the worker rests'));
    }, this.#options.idleMilliseconds).unref();
  }

  /** What runs fails; what waits goes to another worker. */
  async #end(error: Error): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#running?.reject(error);
    await worker?.terminate();
  }
}

/** What is handed over is gone here, so it must not be a piece of something larger. */
function owned(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes);
}

function stopping(): Error {
  return new Error('Cannot read a notebook: the control plane stops');
}

function tooMany(): StrongroomError {
  return new StrongroomError('TooManyRequests', 'Too many notebooks are read at once', {
    values: { retryAfterSeconds: 2 },
  });
}

function tooHard(why: string): StrongroomError {
  return new StrongroomError('NotANotebook', `Cannot share this file: ${why}`, { values: { why } });
}
