import type { ILauncher } from '@jupyterlab/launcher';
import { isOfAnotherImage } from '../model/launcher-cards.ts';
import { asBeforeCommand, newNotebookCommand } from './new-notebook-commands.ts';
import type { RememberedChoice } from './remembered-choice.ts';

export interface LauncherCardsOptions {
  readonly launcher: ILauncher;
  /** Lab's own name of the section, in the language of the page. */
  readonly category: string;
  readonly remembered: RememberedChoice;
}

const lastRank = 10_000;

/**
 * One card for each kernel of the default image, as quick as before; then the last choice, and the dialog
 * with everything. Lab itself adds a card for every kernel that there is.
 */
export function arrangeLauncherCards({
  launcher,
  category,
  remembered,
}: LauncherCardsOptions): void {
  const model = launcher as Partial<ILauncher.IModel> & ILauncher;
  const allItems = model.items?.bind(model);
  if (allItems !== undefined) {
    model.items = () =>
      [...allItems()].filter(({ args }) => !isOfAnotherImage(args))[Symbol.iterator]();
  }
  launcher.add({
    ...{ command: newNotebookCommand, args: { isLauncher: true } },
    ...{ category, rank: lastRank },
  });
  addLastChoice();
  remembered.changed.connect(addLastChoice);

  function addLastChoice(): void {
    if (remembered.choice.kernelName === undefined) return;
    remembered.changed.disconnect(addLastChoice);
    launcher.add({ command: asBeforeCommand, category, rank: lastRank - 1 });
  }
}
