import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { IMainMenu } from '@jupyterlab/mainmenu';
import { MenuSvg } from '@jupyterlab/ui-components';
import type { Texts } from '../texts.ts';
import { fileCommandIds } from './file-commands.ts';
import { commandIds } from './git-commands.ts';

export interface GitMenusOptions {
  readonly app: JupyterFrontEnd;
  readonly trans: Texts;
  readonly palette: ICommandPalette | null;
  readonly mainMenu: IMainMenu | null;
}

const beforeTabsRank = 450;

/** With lines between them. */
const menuGroups: readonly (readonly string[])[] = [
  [commandIds.open, commandIds.refresh],
  [commandIds.clone, commandIds.init],
  [commandIds.fetch, commandIds.pull, commandIds.push],
  [commandIds.branches, commandIds.newBranch, commandIds.history, commandIds.stashes],
  [commandIds.identity, commandIds.abortMerge],
];

export function addGitMenus({ app, trans, palette, mainMenu }: GitMenusOptions): void {
  const menu = new MenuSvg({ commands: app.commands });
  menu.id = 'strongroom-menu-git';
  menu.title.label = trans.__('Git');
  for (const [index, group] of menuGroups.entries()) {
    if (index > 0) menu.addItem({ type: 'separator' });
    for (const command of group) menu.addItem({ command });
  }
  mainMenu?.addMenu(menu, true, { rank: beforeTabsRank });
  for (const command of menuGroups.flat()) {
    palette?.addItem({ command, category: trans.__('Git') });
  }
  const { diff, open, stage, unstage, discard, history, historyOfSelected } = fileCommandIds;
  for (const [rank, command] of [diff, open, stage, unstage, discard, history].entries()) {
    app.contextMenu.addItem({ command, selector: '.sr-GitFile[data-group]', rank });
  }
  app.contextMenu.addItem({
    ...{ command: historyOfSelected, selector: '.jp-DirListing-item[data-isdir="false"]' },
    rank: 10.5,
  });
}
