import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ICommandPalette, IToolbarWidgetRegistry, Notification } from '@jupyterlab/apputils';
import { type FileBrowser, IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';
import { ToolbarButton } from '@jupyterlab/ui-components';
import { ShareApi } from './api/share-api.ts';
import { openShareDialog } from './dialog/open-share-dialog.tsx';
import { describeFailure } from './failure-text.ts';
import { shareNotebookIcon } from './icons.ts';
import { ShareDialogModel } from './model/share-dialog-model.ts';
import { SharesModel } from './model/shares-model.ts';
import { Notebooks } from './notebooks.ts';
import { SharesPanel } from './panel/shares-panel.tsx';
import { ShareActions } from './share-actions.ts';
import type { Texts } from './texts.ts';

const besideGitRank = 103;
const commandIds = {
  share: 'strongroom-sharing:share',
  shareSelected: 'strongroom-sharing:share-selected',
  show: 'strongroom-sharing:show',
} as const;
const noArguments = { args: { type: 'object', properties: {} } } as const;

/** Its id is also that of schema/plugin.json, which gives the button its place on the toolbar. */
export const sharingPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-sharing:plugin',
  description: 'Shares notebooks read-only.',
  autoStart: true,
  requires: [ITranslator, INotebookTracker],
  optional: [IDefaultFileBrowser, IToolbarWidgetRegistry, ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator,
    tracker: INotebookTracker,
    browser: FileBrowser | null,
    toolbars: IToolbarWidgetRegistry | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
  ) => {
    const trans = translator.load('strongroom_sharing');
    const languageTag = translator.languageCode.replace('_', '-');
    const failureText = (error: unknown) => describeFailure(error, trans, languageTag);
    const tellFailure = (error: unknown) =>
      void Notification.error(failureText(error), { autoClose: false });
    const api = new ShareApi();
    const model = new SharesModel(api);
    const notebooks = new Notebooks(app, tracker);
    const share = async (path: string, shareId?: string): Promise<void> => {
      if (!(await notebooks.save(path))) return;
      openShareDialog({
        ...{ trans, languageTag, failureText },
        model: new ShareDialogModel({
          ...{ api, path, now: () => new Date(), onShared: (made) => model.take(made) },
          ...(shareId === undefined ? {} : { shareId }),
        }),
        goToCell: (finding) => void notebooks.goToCell(path, finding).catch(tellFailure),
      });
    };
    const actions = new ShareActions({
      ...{ api, model, trans, languageTag, tellFailure, shareAgain: share },
    });
    const panel = new SharesPanel({ model, actions, trans, languageTag, failureText });
    app.shell.add(panel, 'left', { rank: besideGitRank, type: 'Shares' });
    restorer?.add(panel, panel.id);
    addCommands({ app, trans, notebooks, browser, share, panel });
    for (const command of [commandIds.share, commandIds.show]) {
      palette?.addItem({ command, category: trans.__('Shares') });
    }
    toolbars?.addFactory<NotebookPanel>('Notebook', 'strongroom-share', ({ context }) =>
      shareButton(trans, () => void share(context.path)),
    );
  },
};

function addCommands(options: {
  readonly app: JupyterFrontEnd;
  readonly trans: Texts;
  readonly notebooks: Notebooks;
  readonly browser: FileBrowser | null;
  readonly share: (path: string) => Promise<void>;
  readonly panel: SharesPanel;
}): void {
  const { app, trans, notebooks, browser, share, panel } = options;
  app.commands.addCommand(commandIds.share, {
    label: trans.__('Share Notebook…'),
    icon: shareNotebookIcon,
    describedBy: noArguments,
    isEnabled: () => notebooks.current !== null,
    execute: async () => {
      const path = notebooks.current?.context.path;
      if (path !== undefined) await share(path);
    },
  });
  app.commands.addCommand(commandIds.shareSelected, {
    label: trans.__('Share Notebook…'),
    icon: shareNotebookIcon,
    describedBy: noArguments,
    isVisible: () => browser !== null && [...browser.selectedItems()].length === 1,
    execute: async () => {
      const [item] = browser === null ? [] : [...browser.selectedItems()];
      if (item?.type === 'notebook') await share(item.path);
    },
  });
  app.commands.addCommand(commandIds.show, {
    label: trans.__('Show Shares'),
    describedBy: noArguments,
    execute: () => app.shell.activateById(panel.id),
  });
  app.contextMenu.addItem({
    command: commandIds.shareSelected,
    selector: '.jp-DirListing-item[data-file-type="notebook"]',
    rank: 9.6,
  });
}

function shareButton(trans: Texts, onClick: () => void): ToolbarButton {
  return new ToolbarButton({
    ...{ icon: shareNotebookIcon, label: trans.__('Share'), onClick },
    tooltip: trans.__('Share this notebook read-only'),
  });
}
