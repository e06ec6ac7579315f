import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { type FileBrowser, IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator } from '@jupyterlab/translation';
import { fileIcon } from '@jupyterlab/ui-components';
import { BranchActions } from './actions/branch-actions.ts';
import { CommitActions } from './actions/commit-actions.ts';
import { FileActions } from './actions/file-actions.ts';
import { RemoteActions } from './actions/remote-actions.ts';
import { StashActions } from './actions/stash-actions.ts';
import { GitApi } from './api/git-api.ts';
import { addGitCommands } from './commands/git-commands.ts';
import { addGitMenus } from './commands/git-menus.ts';
import { GitModel } from './model/git-model.ts';
import { HistoryModel } from './model/history-model.ts';
import { lastName } from './model/paths.ts';
import type { PanelContext } from './panel/panel-context.ts';
import { PanelState } from './panel/panel-state.ts';
import { refreshOnEvents } from './refresh-on-events.ts';
import { BranchItem } from './widgets/branch-item.ts';
import { fileTabs } from './widgets/file-tabs.tsx';
import { GitPanel } from './widgets/git-panel.tsx';
import { labHands } from './widgets/lab-hands.ts';

const besideBucketsRank = 102;

/** Git beside the file browser: of the repository that its folder is in. */
export const gitPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-git:panel',
  description: 'Shows the Git repository that the folder is in.',
  autoStart: true,
  requires: [ITranslator, IDefaultFileBrowser, IDocumentManager],
  optional: [IStatusBar, ILayoutRestorer, ICommandPalette, IMainMenu],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator,
    browser: FileBrowser,
    documents: IDocumentManager,
    statusBar: IStatusBar | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    mainMenu: IMainMenu | null,
  ) => {
    const trans = translator.load('strongroom_git');
    const model = new GitModel(new GitApi(app.serviceManager.serverSettings));
    const lab = labHands({ app, documents, browser, model, trans });
    const actions = { model, trans, lab };
    const context: PanelContext = {
      ...{ model, trans, history: new HistoryModel(model.git), state: new PanelState() },
      languageTag: translator.languageCode.replace('_', '-'),
      files: new FileActions(actions),
      commits: new CommitActions(actions),
      branches: new BranchActions(actions),
      remotes: new RemoteActions(actions),
      stashes: new StashActions(actions),
      drafts: new Map(),
      iconOf: (path) => app.docRegistry.getFileTypesForPath(lastName(path))[0]?.icon ?? fileIcon,
      ...fileTabs({ app, model, trans, lab }),
      showFolder: (root) => void lab.showFolder(root),
    };
    const panel = new GitPanel(context);
    app.shell.add(panel, 'left', { rank: besideBucketsRank, type: 'Git' });
    restorer?.add(panel, panel.id);
    const showPanel = () => app.shell.activateById(panel.id);
    addGitCommands({ app, context, browser, showPanel });
    addGitMenus({ app, trans, palette, mainMenu });
    statusBar?.registerStatusItem(gitPlugin.id, {
      item: new BranchItem(model, trans, showPanel),
      ...{ align: 'left', rank: 1, isActive: () => model.status !== null },
      activeStateChanged: model.changed,
    });
    refreshOnEvents({ app, browser, model });
  },
};
