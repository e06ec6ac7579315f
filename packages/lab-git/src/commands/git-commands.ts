import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { FileBrowser } from '@jupyterlab/filebrowser';
import type { CommandRegistry } from '@lumino/commands';
import { gitIcon } from '../icons.ts';
import { folderOf } from '../model/paths.ts';
import type { PanelContext } from '../panel/panel-context.ts';
import type { PanelTab } from '../panel/panel-state.ts';
import { askFields } from '../widgets/dialogs.ts';
import { addFileCommands } from './file-commands.ts';

export const commandIds = {
  open: 'strongroom-git:open',
  refresh: 'strongroom-git:refresh',
  clone: 'strongroom-git:clone',
  init: 'strongroom-git:init',
  fetch: 'strongroom-git:fetch',
  pull: 'strongroom-git:pull',
  push: 'strongroom-git:push',
  branches: 'strongroom-git:branches',
  newBranch: 'strongroom-git:new-branch',
  history: 'strongroom-git:history',
  stashes: 'strongroom-git:stashes',
  identity: 'strongroom-git:identity',
  abortMerge: 'strongroom-git:abort-merge',
} as const;

export interface GitCommandsOptions {
  readonly app: JupyterFrontEnd;
  readonly context: PanelContext;
  readonly browser: FileBrowser;
  readonly showPanel: () => void;
}

const noArguments = { args: { type: 'object', properties: {} } } as const;

export function addGitCommands(options: GitCommandsOptions): void {
  const { app, context, showPanel } = options;
  const { model, state, trans, remotes, branches, commits } = context;
  const commands: [string, CommandRegistry.ICommandOptions][] = [];
  const add = (id: string, command: CommandRegistry.ICommandOptions) => {
    commands.push([id, command]);
    app.commands.addCommand(id, { describedBy: noArguments, ...command });
  };
  const isHere = () => model.status !== null;
  const mayExchange = () =>
    (model.status?.remotes.length ?? 0) > 0 && model.task === null && !model.isBusy;
  const show = (tab: PanelTab) => () => {
    showPanel();
    state.open(tab);
  };

  add(commandIds.open, {
    ...{ label: trans.__('Show the Git Panel'), icon: gitIcon, execute: showPanel },
  });
  add(commandIds.refresh, {
    label: trans.__('Refresh'),
    execute: () => Promise.all([model.followFolder(model.folder), model.findRoots()]),
  });
  add(commandIds.clone, {
    label: trans.__('Clone a Repository …'),
    isEnabled: () => model.task === null,
    execute: () => clone(options),
  });
  add(commandIds.init, {
    label: trans.__('Initialise Here'),
    isEnabled: () => model.phase === 'none' && !model.isBusy,
    execute: () => remotes.init(),
  });
  add(commandIds.fetch, {
    ...{ label: trans.__('Fetch'), isEnabled: mayExchange, execute: () => remotes.fetch() },
  });
  add(commandIds.pull, {
    label: trans.__('Pull'),
    isEnabled: () => mayExchange() && model.status?.upstream !== null,
    execute: () => remotes.pull(),
  });
  add(commandIds.push, {
    ...{ label: trans.__('Push'), isEnabled: mayExchange, execute: () => remotes.push() },
  });
  add(commandIds.branches, {
    label: trans.__('Branches …'),
    isEnabled: isHere,
    execute: () => {
      showPanel();
      state.showBranches(true);
    },
  });
  add(commandIds.newBranch, {
    label: trans.__('New Branch …'),
    isEnabled: () => isHere() && model.status?.commitId !== null,
    execute: () => branches.create(),
  });
  add(commandIds.history, {
    ...{ label: trans.__('History'), isEnabled: isHere, execute: show('history') },
  });
  add(commandIds.stashes, {
    ...{ label: trans.__('Stashes'), isEnabled: isHere, execute: show('stashes') },
  });
  add(commandIds.identity, {
    label: trans.__('Name and E-mail Address …'),
    execute: () => commits.askIdentity(),
  });
  add(commandIds.abortMerge, {
    label: trans.__('Abort Merge …'),
    isEnabled: () => model.status?.inProgress === 'merge' && !model.isBusy,
    execute: () => commits.abortMerge(),
  });
  addFileCommands(options);
  model.changed.connect(() => {
    for (const [id] of commands) app.commands.notifyCommandChanged(id);
  });
}

/** Beside the repository where the folder is in one: a clone in a clone is rarely meant. */
async function clone({ context, showPanel }: GitCommandsOptions): Promise<void> {
  const { model, trans, remotes } = context;
  const answers = await askFields(
    {
      title: trans.__('Clone a repository'),
      fields: [{ label: trans.__('URL'), value: '' }],
      accept: trans.__('Clone'),
    },
    trans,
  );
  const [url = ''] = answers ?? [];
  if (url === '') return;
  showPanel();
  await remotes.clone(url, model.root === null ? model.folder : folderOf(model.root));
}
