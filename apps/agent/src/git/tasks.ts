import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { GitAnswer } from '@strongroom/contracts';
import { AgentError } from '../http/agent-error.ts';
import { explainSystemError } from '../http/system-error.ts';
import type { Progress } from './progress.ts';

const maximumRunning = 4;
const keptMilliseconds = 10 * 60 * 1_000;
const longestWaitMilliseconds = 10_000;

export type TaskState = GitAnswer<'progress'>;
/** Carries the work out; answers the new working tree where there is one. */
export type TaskWork = (
  report: (progress: Progress) => void,
  signal: AbortSignal,
) => Promise<string | null>;

interface Task {
  state: TaskState;
  readonly changes: EventEmitter;
  readonly cancellation: AbortController;
  readonly ended: Promise<void>;
}

/** Work that takes its time: begun by one request, followed and cancelled by others. */
export class Tasks {
  readonly #tasks = new Map<string, Task>();

  /** Answers the id. Throws `Unavailable` where enough is under way. */
  begin(work: TaskWork): string {
    const running = [...this.#tasks.values()].filter(({ state }) => state.state === 'running');
    if (running.length >= maximumRunning) {
      throw new AgentError(
        'Unavailable',
        `${maximumRunning} Git operations are under way. Wait for one to end, or cancel one`,
      );
    }
    const id = randomUUID();
    const cancellation = new AbortController();
    const changes = new EventEmitter();
    changes.setMaxListeners(0);
    const report = ({ phase, percent }: Progress) => change(task, { phase, percent });
    const ended = Promise.resolve()
      .then(() => work(report, cancellation.signal))
      .then((root) => change(task, { state: 'done', percent: 100, root }))
      .catch((error: unknown) => change(task, { state: 'failed', error: describe(error, task) }))
      .then(() => {
        setTimeout(() => this.#tasks.delete(id), keptMilliseconds).unref();
      });
    const task: Task = { state: beginning, changes, cancellation, ended };
    this.#tasks.set(id, task);
    return id;
  }

  /** When something has changed after `seen`, or nothing for a while. */
  async progress(id: string, seen: number, signal: AbortSignal): Promise<TaskState> {
    const task = this.#require(id);
    if (task.state.seen <= seen && task.state.state === 'running') {
      const time = AbortSignal.timeout(longestWaitMilliseconds);
      await once(task.changes, 'change', { signal: AbortSignal.any([signal, time]) }).catch(
        () => {},
      );
    }
    return task.state;
  }

  async cancel(id: string): Promise<void> {
    const task = this.#require(id);
    task.cancellation.abort();
    await task.ended;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#tasks.keys()].map((id) => this.cancel(id)));
  }

  #require(id: string): Task {
    const task = this.#tasks.get(id);
    if (task === undefined) throw new AgentError('NotFound', `There is no Git operation "${id}"`);
    return task;
  }
}

const beginning: TaskState = {
  seen: 0,
  state: 'running',
  phase: '',
  percent: null,
  error: null,
  root: null,
};

function change(task: Task, changed: Partial<TaskState>): void {
  task.state = { ...task.state, ...changed, seen: task.state.seen + 1 };
  task.changes.emit('change');
}

function describe(error: unknown, task: Task): TaskState['error'] {
  if (task.cancellation.signal.aborted) return { code: 'Cancelled', message: 'Cancelled' };
  const explained = explainSystemError(error, 'the repository');
  if (explained instanceof AgentError) return { code: explained.code, message: explained.message };
  return { code: 'Internal', message: 'The studio server failed. The details are in its log' };
}
