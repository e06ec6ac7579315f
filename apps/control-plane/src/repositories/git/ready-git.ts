import type { GitProcess, GitSandboxes, GitWork } from './git-sandboxes.ts';

interface ReadyOne {
  readonly key: string;
  readonly starting: Promise<GitProcess | undefined>;
  /** How many more are to follow it. */
  readonly followerCount: number;
  readonly timer: NodeJS.Timeout;
}

/** A client that reads on does so at once; one that is far away takes a second. */
const keptMilliseconds = 3_000;
const readyAtOnce = 6;

/**
 * Who reads a repository asks several times, one after the other, and waits each time. The sandbox that
 * the next question needs is started while the client still reads the last answer. It knows nothing of
 * who asks, and its Git has not read a byte: it waits for its input.
 */
export class ReadyGit {
  readonly #sandboxes: Pick<GitSandboxes, 'start' | 'isBusy'>;
  readonly #ready = new Set<ReadyOne>();
  readonly #leaving = new Set<Promise<void>>();
  #isClosed = false;

  constructor(sandboxes: Pick<GitSandboxes, 'start' | 'isBusy'>) {
    this.#sandboxes = sandboxes;
  }

  /**
   * Returns at once: a failure is told to whoever starts the next. `count`: so many are expected, one after
   * the other. Nothing is done where others need the room.
   */
  prepare(work: GitWork, count: number): void {
    const isFull = this.#ready.size >= readyAtOnce || this.#sandboxes.isBusy();
    if (this.#isClosed || isFull || count <= 0) return;
    const one: ReadyOne = {
      key: keyOf(work),
      starting: this.#sandboxes.start(work).then(
        (process) => {
          // Its volume was taken away, or a limit reached.
          void process.ended.then(() => this.#forget(one));
          return process;
        },
        () => undefined,
      ),
      followerCount: count - 1,
      timer: setTimeout(() => this.#discard(one), keptMilliseconds),
    };
    this.#ready.add(one);
  }

  /** One that is ready, or a new one. @throws {StrongroomError} `KeyUnavailable`, `RepositoryUnavailable` */
  async start(work: GitWork & { readonly signal: AbortSignal }): Promise<GitProcess> {
    const { signal, ...rest } = work;
    const key = keyOf(rest);
    const one = [...this.#ready].find((each) => each.key === key);
    if (one === undefined) return this.#sandboxes.start(work);
    this.#forget(one);
    this.prepare(rest, one.followerCount);
    const process = await one.starting;
    if (process === undefined) return this.#sandboxes.start(work);
    if (signal.aborted) process.stop();
    signal.addEventListener('abort', process.stop, { once: true });
    return process;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const one of this.#ready) this.#discard(one);
    await Promise.all(this.#leaving);
  }

  #forget(one: ReadyOne): void {
    this.#ready.delete(one);
    clearTimeout(one.timer);
  }

  #discard(one: ReadyOne): void {
    this.#forget(one);
    const left = one.starting.then(async (process) => {
      process?.stop();
      await process?.ended;
    });
    this.#leaving.add(left);
    void left.then(() => this.#leaving.delete(left));
  }
}

/** All that makes one sandbox another than the next. */
function keyOf({ repositoryId, mode, script, environment }: GitWork): string {
  return JSON.stringify([repositoryId, mode, script, environment]);
}
