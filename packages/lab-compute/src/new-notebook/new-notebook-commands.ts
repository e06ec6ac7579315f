import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { notebookIcon } from '@jupyterlab/ui-components';
import { openChoiceDialog } from '../dialog/open-choice-dialog.tsx';
import { type Choice, settle } from '../model/choice.ts';
import type { Offers } from '../model/offers.ts';
import type { ViewContext } from '../view-context.ts';
import { createNotebook } from './create-notebook.ts';
import type { LastChoice, RememberedChoice } from './remembered-choice.ts';

export const newNotebookCommand = 'strongroom-compute:new-notebook';
export const asBeforeCommand = 'strongroom-compute:new-notebook-as-before';

export interface NewNotebookOptions {
  readonly app: JupyterFrontEnd;
  readonly browser: IDefaultFileBrowser | null;
  readonly offers: Offers;
  readonly remembered: RememberedChoice;
  readonly context: Pick<ViewContext, 'trans' | 'languageTag' | 'failureText'>;
  readonly tellFailure: (error: unknown) => void;
}

const folderArgument = {
  args: { type: 'object', properties: { cwd: { type: 'string' } } },
} as const;

export function addNewNotebookCommands(options: NewNotebookOptions): void {
  const { app, browser, offers, remembered, context, tellFailure } = options;
  const { trans } = context;
  const folderOf = (cwd: unknown) =>
    typeof cwd === 'string' && cwd !== '' ? cwd : (browser?.model.path ?? '');
  const create = async (folder: string, choice: Choice) => {
    const found = offers.findKernel(choice.kernelName);
    const kernelDisplayName = found?.kernel.displayName ?? choice.kernelName;
    const widget = await createNotebook(app, { folder, choice, kernelDisplayName });
    void remembered.remember({ ...choice, imageDisplayName: found?.image.displayName ?? '' });
    return widget;
  };
  app.commands.addCommand(newNotebookCommand, {
    label: ({ isLauncher }) =>
      isLauncher === true ? trans.__('More Images and Sizes…') : trans.__('Notebook…'),
    caption: trans.__('Choose the image, kernel and instance type of a new notebook'),
    icon: notebookIcon,
    describedBy: folderArgument,
    execute: async ({ cwd }) => {
      let widget: unknown;
      const accept = async (choice: Choice) => {
        widget = await create(folderOf(cwd), choice);
      };
      await openChoiceDialog(
        {
          ...{ offers, accept, now: {}, preferred: remembered.choice },
          ...{ isNewNotebook: true, hasKernel: false },
        },
        { ...context, openLabsList: undefined },
      );
      // As Lab's own: the launcher gives its place to what it has opened.
      return widget;
    },
  });
  app.commands.addCommand(asBeforeCommand, {
    label: () => trans.__('As Last Time: %1', describe(remembered.choice)),
    caption: trans.__('A new notebook with the image, kernel and instance type of the last one'),
    icon: notebookIcon,
    describedBy: folderArgument,
    isVisible: () => remembered.choice.kernelName !== undefined,
    execute: async ({ cwd }) => {
      await offers.ready();
      const choice = offers.offered === null ? null : settle(offers.offered, remembered.choice);
      if (choice === null) return app.commands.execute(newNotebookCommand, { cwd: cwd ?? '' });
      return create(folderOf(cwd), choice).catch(tellFailure);
    },
  });
}

/** Such as `Data Science, ml.m5.large`. */
function describe({ imageDisplayName = '', instanceType = '' }: Partial<LastChoice>): string {
  return [imageDisplayName, instanceType].filter((text) => text !== '').join(', ');
}
