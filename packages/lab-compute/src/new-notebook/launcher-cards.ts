import type { ILauncher } from '@jupyterlab/launcher';
import lastChoiceSvg from '../../style/icons/last-choice.svg';
import moreImagesSvg from '../../style/icons/more-images.svg';
import { isOfAnotherImage } from '../model/launcher-cards.ts';
import { asBeforeCommand, newNotebookCommand } from './new-notebook-commands.ts';
import type { RememberedChoice } from './remembered-choice.ts';

export interface LauncherCardsOptions {
  readonly launcher: ILauncher;
  /** Lab's own name of the section, in the language of the page. */
  readonly category: string;
  readonly remembered: RememberedChoice;
}

const kernelRank = 1_000;

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
    model.items = () => {
      const items = [...allItems()].filter(({ args }) => !isOfAnotherImage(args));
      // Lab puts kernels after everything else: ours would be somewhere among them.
      for (const item of items) {
        if (item.rank === Number.POSITIVE_INFINITY) item.rank = kernelRank;
      }
      return items[Symbol.iterator]();
    };
  }
  launcher.add({
    ...{ command: newNotebookCommand, args: { isLauncher: true } },
    ...{ category, rank: kernelRank + 2, kernelIconUrl: urlOf(moreImagesSvg) },
  });
  addLastChoice();
  remembered.changed.connect(addLastChoice);

  function addLastChoice(): void {
    if (remembered.choice.kernelName === undefined) return;
    remembered.changed.disconnect(addLastChoice);
    launcher.add({
      ...{ command: asBeforeCommand, category },
      ...{ rank: kernelRank + 1, kernelIconUrl: urlOf(lastChoiceSvg) },
    });
  }
}

/** The launcher shows no other icon for a card of its first section. */
function urlOf(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
