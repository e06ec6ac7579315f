import { type ISignal, Signal } from '@lumino/signaling';
import type { GitAnswer, GitOperationName, GitRequest, GitStatus } from '@strongroom/contracts';
import type { Git } from '../api/git-api.ts';
import { codeOf } from '../api/git-error.ts';
import {
  type ChangedFile,
  type FileGroups,
  groupFiles,
  groupKinds,
  keyOf,
} from './changed-file.ts';
import { type Choice, type ChoiceKeys, chooseFile, noChoice } from './choose-files.ts';
import { followTask, type RemoteTask, type TaskKind } from './remote-task.ts';

/** `none`: the folder is in no repository. */
export type Phase = 'looking' | 'none' | 'ready';

const noFiles: FileGroups = { conflicted: [], staged: [], changed: [], untracked: [] };

/** The repository that the panel shows: the one that the file browser's folder is in. */
export class GitModel {
  readonly git: Git;
  readonly #changed = new Signal<this, void>(this);
  readonly #filesTouched = new Signal<this, void>(this);
  #folder = '';
  #root: string | null = null;
  #roots: readonly string[] = [];
  #phase: Phase = 'looking';
  #status: GitStatus | null = null;
  #groups = noFiles;
  #choice: Choice = noChoice;
  #failure: unknown = null;
  #task: RemoteTask | null = null;
  #busyCount = 0;
  /** Counts what is looked for, so that a late answer about another folder is passed over. */
  #lookedCount = 0;
  #refreshing: Promise<void> | null = null;
  #isStale = false;

  constructor(git: Git) {
    this.git = git;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Files of the working tree may be others now. */
  get filesTouched(): ISignal<this, void> {
    return this.#filesTouched;
  }

  get folder(): string {
    return this.#folder;
  }

  get root(): string | null {
    return this.#root;
  }

  /** All working trees of the home. */
  get roots(): readonly string[] {
    return this.#roots;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get status(): GitStatus | null {
    return this.#status;
  }

  get groups(): FileGroups {
    return this.#groups;
  }

  get failure(): unknown {
    return this.#failure;
  }

  get task(): RemoteTask | null {
    return this.#task;
  }

  get isBusy(): boolean {
    return this.#busyCount > 0;
  }

  get chosen(): readonly ChangedFile[] {
    return groupKinds.flatMap((kind) => this.#groups[kind]).filter((file) => this.isChosen(file));
  }

  isChosen(file: ChangedFile): boolean {
    return this.#choice.keys.has(keyOf(file));
  }

  choose(file: ChangedFile, keys: ChoiceKeys = {}): void {
    const group = this.#groups[file.group];
    this.#choice = chooseFile(group, file, { choice: this.#choice, ...keys });
    this.#changed.emit();
  }

  forgetFailure(): void {
    this.#failure = null;
    this.#changed.emit();
  }

  tell(error: unknown): void {
    this.#failure = error;
    this.#changed.emit();
  }

  async followFolder(folder: string): Promise<void> {
    this.#folder = folder;
    await this.#look(folder);
  }

  /** Looks through the home; only the panel needs it. */
  async findRoots(): Promise<void> {
    try {
      this.#roots = (await this.git.ask('repositories', {})).roots;
    } catch (error) {
      this.#failure ??= error;
    }
    this.#changed.emit();
  }

  /** The status again, once more where it is asked for while it is on its way. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#refreshing ??= this.#refreshUntilFresh().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Files of the working tree were written by someone else than Git. */
  touch(): void {
    this.#filesTouched.emit();
    void this.refresh();
  }

  /** Asks Git, then refreshes; false where it failed, which is shown then. */
  act<Name extends GitOperationName>(operation: Name, request: GitRequest<Name>): Promise<boolean> {
    return this.attempt(async () => {
      await this.git.ask(operation, request);
    });
  }

  async attempt(work: () => Promise<void>): Promise<boolean> {
    this.#failure = null;
    this.#busyCount += 1;
    this.#changed.emit();
    let isDone = true;
    try {
      await work();
    } catch (error) {
      isDone = false;
      if (codeOf(error) !== 'Cancelled') this.#failure = error;
    } finally {
      this.#busyCount -= 1;
    }
    this.#filesTouched.emit();
    await this.refresh();
    this.#changed.emit();
    return isDone;
  }

  /** Begins a task at a remote and follows it; answers a clone's working tree, undefined on failure. */
  async runTask(
    kind: TaskKind,
    begin: () => Promise<GitAnswer<'fetch'>>,
  ): Promise<string | null | undefined> {
    // One at a time: they would wait for each other's locks.
    if (this.#task !== null) return undefined;
    let root: string | null | undefined;
    const onProgress = (task: RemoteTask) => {
      this.#task = task;
      this.#changed.emit();
    };
    await this.attempt(async () => {
      try {
        onProgress({ kind, phase: '', percent: null, cancel: () => undefined });
        const { task } = await begin();
        root = await followTask({ git: this.git, kind, task, onProgress });
      } finally {
        this.#task = null;
      }
    });
    return root;
  }

  async #look(folder: string): Promise<void> {
    this.#lookedCount += 1;
    const looked = this.#lookedCount;
    try {
      const { root } = await this.git.ask('find', { folder });
      if (looked !== this.#lookedCount) return;
      this.#show(root);
    } catch (error) {
      if (looked !== this.#lookedCount) return;
      this.#failure = error;
      this.#show(null);
    }
    await this.refresh();
  }

  #show(root: string | null): void {
    if (root !== this.#root) {
      this.#take(null);
      this.#choice = noChoice;
      // What failed there would be read as a failure here.
      if (this.#root !== null && root !== null) this.#failure = null;
    }
    this.#root = root;
    this.#phase = root === null ? 'none' : this.#status === null ? 'looking' : 'ready';
    this.#changed.emit();
  }

  async #refreshUntilFresh(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const root = this.#root;
      if (root === null) return;
      try {
        const status = await this.git.ask('status', { repository: root });
        if (root !== this.#root) continue;
        this.#take(status);
        this.#phase = 'ready';
      } catch (error) {
        if (root !== this.#root) continue;
        if (codeOf(error) === 'NotARepository') this.#show(null);
        else this.#failure ??= error;
      }
      this.#changed.emit();
    }
  }

  #take(status: GitStatus | null): void {
    // The same rows stay the same objects, which are not rendered again.
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
    const hadConflicts = (this.#status?.conflicted.length ?? 0) > 0;
    const isResolved = hadConflicts && status?.conflicted.length === 0;
    if (isResolved && codeOf(this.#failure) === 'Conflicts') this.#failure = null;
    this.#status = status;
    this.#groups = status === null ? noFiles : groupFiles(status);
  }
}
