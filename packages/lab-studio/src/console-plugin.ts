import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IStudioContext, type StudioContext } from './studio-plugin.ts';

const openConsoleCommand = 'strongroom:open-console';
const signOutCommand = 'strongroom:sign-out';

/** Its id is also that of schema/plugin.json, which puts the commands into the File menu. */
export const consolePlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-studio:plugin',
  description: 'Opens the console from the studio.',
  autoStart: true,
  requires: [IStudioContext],
  optional: [ICommandPalette],
  activate: (
    { commands }: JupyterFrontEnd,
    context: StudioContext,
    palette: ICommandPalette | null,
  ) => {
    const { trans } = context;
    commands.addCommand(openConsoleCommand, {
      label: trans.__('Strongroom Console'),
      caption: trans.__('Open the Strongroom console in a new tab'),
      describedBy: { args: { type: 'object', properties: { path: { type: 'string' } } } },
      // Another extension of ours leads to a page of it.
      execute: ({ path }) => context.openConsole(typeof path === 'string' ? path : ''),
    });
    commands.addCommand(signOutCommand, {
      label: trans.__('Sign Out…'),
      caption: trans.__('Sign out of Strongroom in the console'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => context.openConsole('/sign-out'),
    });
    for (const command of [openConsoleCommand, signOutCommand]) {
      palette?.addItem({ command, category: 'Strongroom' });
    }
  },
};
