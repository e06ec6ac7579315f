import {
  IConnectionLost,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import { connectionMessage } from './connection-message.ts';
import type { Connection } from './connection-monitor.ts';
import { IStudioContext, type StudioContext } from './studio-plugin.ts';

export const showConnectionCommand = 'strongroom:show-connection';

const probeIntervalMilliseconds = 5000;

/**
 * Says why the studio does not answer and what to do, and goes away by itself when it answers
 * again. Takes the place of Lab's own dialog, which knows only that a request failed.
 */
export const connectionDialogPlugin: JupyterFrontEndPlugin<IConnectionLost> = {
  id: '@strongroom/lab-studio:connection-dialog',
  description: 'Says why the studio does not answer.',
  autoStart: true,
  provides: IConnectionLost,
  requires: [IStudioContext],
  activate: (app: JupyterFrontEnd, context: StudioContext) => {
    const { monitor } = context;
    let dialog: Dialog<unknown> | null = null;

    function show(connection: Connection): void {
      dialog?.dispose();
      dialog = null;
      if (connection.state === 'Connected') return void refresh(app);
      const opened = createDialog(connection, context);
      dialog = opened;
      void answer(opened, context);
      if (connection.state !== 'StudioStopped') void probeUntilConnected(context);
    }

    monitor.onChange(show);
    app.commands.addCommand(showConnectionCommand, {
      label: context.trans.__('Show Why the Studio Is Not Connected'),
      isVisible: () => monitor.connection.state !== 'Connected',
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => show(monitor.connection),
    });
    if (monitor.connection.state !== 'Connected') show(monitor.connection);
    // The monitor has seen the failed request already; Lab need not say it a second time.
    return () => Promise.resolve();
  },
};

function createDialog(
  connection: Exclude<Connection, { state: 'Connected' }>,
  { trans }: StudioContext,
): Dialog<unknown> {
  const message = connectionMessage(connection, trans);
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Close') }),
    Dialog.okButton({ label: trans.__('Try Again'), actions: ['try'] }),
  ];
  if (message.offersConsole) {
    buttons.splice(
      1,
      0,
      Dialog.createButton({ label: trans.__('Open the Console'), actions: ['console'] }),
    );
  }
  const body = new Widget();
  body.addClass('sr-DialogText');
  for (const paragraph of message.paragraphs.filter((each) => each !== '')) {
    body.node.append(element('p', paragraph));
  }
  if (message.reference !== '') {
    const reference = element('p', `${trans.__('Reference for the administrator:')} `);
    reference.append(element('code', message.reference));
    body.node.append(reference);
  }
  return new Dialog({ title: message.title, body, buttons, defaultButton: buttons.length - 1 });
}

async function answer(dialog: Dialog<unknown>, context: StudioContext): Promise<void> {
  try {
    const { button } = await dialog.launch();
    if (button.actions.includes('console')) await context.openConsole();
    if (button.actions.includes('try')) context.monitor.resume();
  } catch {
    // Disposed: the state changed while it was open.
  }
}

/** Makes Lab ask again at once; what still fails reaches the monitor. */
async function refresh({ serviceManager }: JupyterFrontEnd): Promise<void> {
  await Promise.allSettled([
    serviceManager.sessions.refreshRunning(),
    serviceManager.terminals.refreshRunning(),
  ]);
}

async function probeUntilConnected({ monitor }: StudioContext): Promise<void> {
  const startedWith = monitor.connection;
  while (monitor.connection === startedWith) {
    await new Promise((resolve) => setTimeout(resolve, probeIntervalMilliseconds));
    if (monitor.connection === startedWith && !document.hidden) await monitor.probe();
  }
}

function element(tag: string, text: string): HTMLElement {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}
