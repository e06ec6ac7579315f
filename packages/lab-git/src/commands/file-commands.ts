import type { FileBrowser } from '@jupyterlab/filebrowser';
import { addIcon, fileIcon, historyIcon, undoIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { gitIcon, minusIcon } from '../icons.ts';
import type { ChangedFile, GroupKind } from '../model/changed-file.ts';
import { repositoryPath } from '../model/paths.ts';
import type { GitCommandsOptions } from './git-commands.ts';

export const fileCommandIds = {
  diff: 'strongroom-git:file-diff',
  open: 'strongroom-git:file-open',
  stage: 'strongroom-git:file-stage',
  unstage: 'strongroom-git:file-unstage',
  discard: 'strongroom-git:file-discard',
  history: 'strongroom-git:file-history',
  historyOfSelected: 'strongroom-git:history-of-selected',
} as const;

const noArguments = { args: { type: 'object', properties: {} } } as const;

/** What is done with the rows that are chosen in the panel, and with a file of the file browser. */
export function addFileCommands({ app, context, browser, showPanel }: GitCommandsOptions): void {
  const { model, state, history, trans, files, openChanges } = context;
  const add = (id: string, command: CommandRegistry.ICommandOptions) =>
    app.commands.addCommand(id, { describedBy: noArguments, ...command });
  const chosenIn = (...groups: readonly GroupKind[]) =>
    model.chosen.filter(({ group }) => groups.includes(group));
  const only = (): ChangedFile | undefined =>
    model.chosen.length === 1 ? model.chosen[0] : undefined;
  const showHistory = async (file: string | undefined) => {
    if (file === undefined || model.root === null) return;
    const opened = history.open({ repository: model.root, file });
    showPanel();
    state.open('history');
    await opened;
  };
  const selected = () => selectedFile(browser, model.root);

  add(fileCommandIds.diff, {
    label: () =>
      only()?.group === 'conflicted' ? trans.__('Resolve') : trans.__('Show What Changed'),
    icon: gitIcon,
    isEnabled: () => only() !== undefined,
    execute: () => {
      const file = only();
      if (file !== undefined) openChanges(file);
    },
  });
  add(fileCommandIds.open, {
    label: trans.__('Open'),
    icon: fileIcon,
    isEnabled: () => model.chosen.some(({ state: fileState }) => fileState !== 'deleted'),
    execute: () => {
      for (const file of model.chosen) if (file.state !== 'deleted') files.open(file);
    },
  });
  add(fileCommandIds.stage, {
    label: trans.__('Stage'),
    icon: addIcon,
    isVisible: () => chosenIn('changed', 'untracked').length > 0,
    execute: () => files.stage(chosenIn('changed', 'untracked')),
  });
  add(fileCommandIds.unstage, {
    label: trans.__('Unstage'),
    icon: minusIcon,
    isVisible: () => chosenIn('staged').length > 0,
    execute: () => files.unstage(chosenIn('staged')),
  });
  add(fileCommandIds.discard, {
    label: () =>
      chosenIn('changed').length > 0 ? trans.__('Discard …') : trans.__('Move to Trash …'),
    icon: undoIcon,
    isVisible: () => chosenIn('changed', 'untracked').length > 0,
    execute: () => files.discard(chosenIn('changed', 'untracked')),
  });
  add(fileCommandIds.history, {
    label: trans.__('History of This File'),
    icon: historyIcon,
    isEnabled: () => only() !== undefined && only()?.group !== 'untracked',
    execute: () => showHistory(only()?.path),
  });
  add(fileCommandIds.historyOfSelected, {
    label: trans.__('Git: History of This File'),
    icon: historyIcon,
    isEnabled: () => selected() !== undefined,
    execute: () => showHistory(selected()),
  });
}

/** The only file that is selected in the file browser, as the repository knows it. */
function selectedFile(browser: FileBrowser, root: string | null): string | undefined {
  const [item, ...others] = [...browser.selectedItems()];
  if (item === undefined || others.length > 0 || root === null) return undefined;
  return item.type === 'directory' ? undefined : repositoryPath(root, item.path);
}
