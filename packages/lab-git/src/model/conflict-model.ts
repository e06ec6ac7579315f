import { type ISignal, Signal } from '@lumino/signaling';
import type { GitAnswer, GitRequest } from '@strongroom/contracts';
import { codeOf } from '../api/git-error.ts';
import type { GitModel } from './git-model.ts';

export type Conflict = GitAnswer<'conflict'>;
export type Resolution = GitRequest<'resolve'>['resolution'];

export interface ConflictSource {
  readonly repository: string;
  readonly file: string;
}

/** A file in conflict, for as long as it is: it may also be resolved or given up elsewhere. */
export class ConflictModel {
  readonly #model: Pick<GitModel, 'git' | 'touch'>;
  readonly #source: ConflictSource;
  readonly #changed = new Signal<this, void>(this);
  #conflict: Conflict | null = null;
  #count = 0;
  #failure: unknown = null;
  #isSaving = false;
  #isOver = false;

  constructor(model: Pick<GitModel, 'git' | 'touch'>, source: ConflictSource) {
    this.#model = model;
    this.#source = source;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get conflict(): Conflict | null {
    return this.#conflict;
  }

  /** Another one for another conflict: what was decided of the last is nothing to it. */
  get count(): number {
    return this.#count;
  }

  get failure(): unknown {
    return this.#failure;
  }

  get isSaving(): boolean {
    return this.#isSaving;
  }

  /** It was here, and is no more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  async load(): Promise<void> {
    try {
      this.#show(await this.#model.git.ask('conflict', this.#source));
    } catch (error) {
      if (this.#conflict !== null && codeOf(error) === 'NotFound') this.#isOver = true;
      else this.#failure = error;
    }
    this.#changed.emit();
  }

  async resolve(resolution: Resolution): Promise<void> {
    this.#isSaving = true;
    this.#failure = null;
    this.#changed.emit();
    try {
      await this.#model.git.ask('resolve', { ...this.#source, resolution });
      this.#isOver = true;
      this.#model.touch();
    } catch (error) {
      this.#failure = error;
    }
    this.#isSaving = false;
    this.#changed.emit();
  }

  #show(conflict: Conflict): void {
    this.#failure = null;
    // The same one keeps what is decided of it so far.
    if (JSON.stringify(conflict) === JSON.stringify(this.#conflict)) return;
    this.#conflict = conflict;
    this.#count += 1;
  }
}
