import { Readable } from 'node:stream';
import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import { deferred } from '../../studios/deferred.ts';
import type { JobNotice, NotebookRun, NotebookRunRequest } from '../../studios/notebook-run.ts';
import type { Studios } from '../../studios/studios.ts';

/** One notebook that an agent was told to run; what the agent says is up to the test. */
export interface BegunNotebook {
  readonly profileName: ProfileName;
  readonly request: NotebookRunRequest['request'];
  isCancelled: boolean;
  isLeft: boolean;
  tell(notice: Omitted<JobNotice>): void;
  lose(how?: 'by-itself' | 'stopped'): void;
}

type Omitted<Notice> = Notice extends unknown ? Omit<Notice, 'jobId'> : never;

/** Studios whose agents run notebooks as a test says. */
export class NotebookStudios implements Pick<Studios, 'runNotebook' | 'readFile'> {
  readonly begun: BegunNotebook[] = [];
  /** What is in homes, by path. */
  readonly files = new Map<string, Buffer>();
  /** Thrown instead of a run. */
  failure: StrongroomError | undefined;
  #listeners: (() => void)[] = [];

  async runNotebook(asked: NotebookRunRequest): Promise<NotebookRun> {
    const { profileName, request, signal, onNotice } = asked;
    if (this.failure !== undefined) throw this.failure;
    if (signal.aborted) throw new StrongroomError('StudioStopped', 'Too late');
    const lost = deferred<'by-itself' | 'stopped'>();
    const { jobId } = request;
    const begun: BegunNotebook = {
      ...{ profileName, request, isCancelled: false, isLeft: false },
      tell: (notice) => onNotice({ ...notice, jobId } as JobNotice),
      lose: (how = 'by-itself') => lost.resolve(how),
    };
    this.begun.push(begun);
    for (const listener of this.#listeners.splice(0)) listener();
    return {
      lost: lost.promise,
      cancel() {
        begun.isCancelled = true;
        begun.tell({ notice: 'notebookEnded', outcome: 'cancelled', failure: null });
      },
      leave() {
        begun.isLeft = true;
      },
    };
  }

  /** Waits until so many were begun; answers the last of them. */
  async nth(count: number): Promise<BegunNotebook> {
    while (this.begun.length < count) {
      await new Promise<void>((resolve) => this.#listeners.push(resolve));
    }
    const found = this.begun[count - 1];
    if (found === undefined) throw new Error('Nothing was begun');
    return found;
  }

  async readFile(_person: unknown, path: string) {
    const bytes = this.files.get(path);
    if (bytes === undefined) throw new StrongroomError('FileNotFound', `There is no "${path}"`);
    return { name: path, sizeBytes: bytes.length, stream: Readable.from([bytes]) };
  }
}
