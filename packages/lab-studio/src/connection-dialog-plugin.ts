import {
  IConnectionLost,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { type ConnectionAnswer, openConnectionDialog } from './connection-dialog.ts';
import { connectionMessage } from './connection-message.ts';
import type { Connection, ConnectionMonitor } from './connection-monitor.ts';
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
    const { monitor, trans } = context;
    let close: () => void = () => undefined;

    function show(connection: Connection): void {
      close();
      close = connection.state === 'Connected' ? () => undefined : open(connection, context);
    }

    monitor.onChange((connection) => {
      show(connection);
      if (connection.state === 'Connected') void askAgain(app);
      else if (connection.state !== 'StudioStopped') void probeUntilChanged(monitor);
    });
    app.commands.addCommand(showConnectionCommand, {
      label: trans.__('Show Why the Studio Is Not Connected'),
      isVisible: () => monitor.connection.state !== 'Connected',
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => show(monitor.connection),
    });
    show(monitor.connection);
    // The monitor has seen the failed request already; Lab need not say it a second time.
    return () => Promise.resolve();
  },
};

function open(
  connection: Exclude<Connection, { state: 'Connected' }>,
  context: StudioContext,
): () => void {
  const { monitor, trans } = context;
  return openConnectionDialog({
    message: connectionMessage(connection, trans),
    labels: {
      close: trans.__('Close'),
      console: trans.__('Open the Console'),
      try: trans.__('Try Again'),
    },
    referenceLabel: trans.__('Reference for the administrator:'),
    onAnswer(answer: ConnectionAnswer) {
      if (answer === 'console') void context.openConsole();
      if (answer === 'try') monitor.resume();
    },
  });
}

/** Makes Lab ask at once; what still fails reaches the monitor. */
async function askAgain({ serviceManager }: JupyterFrontEnd): Promise<void> {
  await Promise.allSettled([
    serviceManager.sessions.refreshRunning(),
    serviceManager.terminals.refreshRunning(),
  ]);
}

/** A stopped studio is not asked: a question could start it again against its owner's will. */
async function probeUntilChanged(monitor: ConnectionMonitor): Promise<void> {
  const { state } = monitor.connection;
  while (monitor.connection.state === state) {
    await new Promise((resolve) => setTimeout(resolve, probeIntervalMilliseconds));
    if (monitor.connection.state === state && !document.hidden) await monitor.probe();
  }
}
