import { type ChangedFile, pathsOf } from '../model/changed-file.ts';
import { homePath } from '../model/paths.ts';
import { confirm } from '../widgets/dialogs.ts';
import type { ActionContext } from './action-context.ts';

/** Git takes so many names at once; more go in turns. */
const filesAtOnce = 20_000;

/** What is done with files of the lists. */
export class FileActions {
  readonly #context: ActionContext;

  constructor(context: ActionContext) {
    this.#context = context;
  }

  async stage(files: readonly ChangedFile[]): Promise<void> {
    await this.#inTurns('stage', files);
  }

  async unstage(files: readonly ChangedFile[]): Promise<void> {
    await this.#inTurns('unstage', files);
  }

  async discard(files: readonly ChangedFile[]): Promise<void> {
    const { trans } = this.#context;
    const untracked = files.filter(({ group }) => group === 'untracked');
    const changed = files.filter(({ group }) => group === 'changed');
    const all = [...changed, ...untracked];
    if (all.length === 0) return;
    const isConfirmed = await confirm(
      {
        title:
          changed.length > 0
            ? trans.__('Discard these changes?')
            : trans.__('Move these files to the trash?'),
        body: this.#lossText(changed.length, untracked.length),
        names: all.map(({ path }) => path),
        accept: changed.length > 0 ? trans.__('Discard') : trans.__('Move to Trash'),
      },
      trans,
    );
    if (isConfirmed) await this.#inTurns('discard', all);
  }

  open({ path }: Pick<ChangedFile, 'path'>): void {
    const { model, lab } = this.#context;
    if (model.root !== null) lab.openFile(homePath(model.root, path));
  }

  #lossText(changedCount: number, untrackedCount: number): string {
    const { trans } = this.#context;
    if (untrackedCount === 0) {
      return trans.__(
        'Files that go back to what is staged or committed: %1. What was written since then is lost and cannot be brought back.',
        String(changedCount),
      );
    }
    if (changedCount === 0) {
      return trans.__(
        'Files that no commit has: %1. You find them in the trash of your home.',
        String(untrackedCount),
      );
    }
    return trans.__(
      'Files that go back to what is staged or committed: %1. What was written since then is lost and cannot be brought back. Files that no commit has go to the trash of your home: %2.',
      String(changedCount),
      String(untrackedCount),
    );
  }

  async #inTurns(
    operation: 'stage' | 'unstage' | 'discard',
    changedFiles: readonly ChangedFile[],
  ): Promise<void> {
    const { model, lab } = this.#context;
    const repository = model.root;
    if (repository === null) return;
    const files =
      operation === 'unstage' ? pathsOf(changedFiles) : changedFiles.map(({ path }) => path);
    await model.attempt(async () => {
      for (let index = 0; index < files.length; index += filesAtOnce) {
        await model.git.ask(operation, {
          repository,
          files: files.slice(index, index + filesAtOnce),
        });
      }
    });
    if (operation === 'discard') await lab.reloadDocuments();
  }
}
