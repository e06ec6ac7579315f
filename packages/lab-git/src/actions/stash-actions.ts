import { stashName } from '../model/stash-name.ts';
import { confirm } from '../widgets/dialogs.ts';
import type { ActionContext } from './action-context.ts';

export interface StashEntry {
  readonly index: number;
  readonly message: string;
  readonly createdAt: string;
}

/** Changes that are put aside. */
export class StashActions {
  readonly #context: ActionContext;

  constructor(context: ActionContext) {
    this.#context = context;
  }

  async list(): Promise<readonly StashEntry[]> {
    const { model } = this.#context;
    if (model.root === null) return [];
    return (await model.git.ask('stashes', { repository: model.root })).stashes;
  }

  async save(message: string): Promise<boolean> {
    const { model, lab } = this.#context;
    if (model.root === null) return false;
    if (!(await lab.saveDocuments())) return false;
    const isDone = await model.act('stash', { repository: model.root, message });
    await lab.reloadDocuments();
    return isDone;
  }

  /** `drops`: it is taken off the list once it is applied. */
  async apply({ index }: StashEntry, drops: boolean): Promise<void> {
    const { model, lab } = this.#context;
    if (model.root === null) return;
    await model.act('apply-stash', { repository: model.root, index, drops });
    await lab.reloadDocuments();
  }

  async drop({ index, message }: StashEntry): Promise<void> {
    const { model, trans } = this.#context;
    const repository = model.root;
    if (repository === null) return;
    const isConfirmed = await confirm(
      {
        title: trans.__('Delete this stash?'),
        body: trans.__('The changes in it are lost and cannot be brought back.'),
        names: [stashName(message).description].filter((name) => name !== ''),
        accept: trans.__('Delete'),
      },
      trans,
    );
    if (isConfirmed) await model.act('drop-stash', { repository, index });
  }
}
