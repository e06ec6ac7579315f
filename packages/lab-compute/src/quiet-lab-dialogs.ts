import type { NotebookPanel } from '@jupyterlab/notebook';

/** What Lab keeps to itself: two dialogs over everything, of which the notebook's notices say more. */
interface LabInternals {
  readonly panel: {
    _onSessionStatusChanged?: (sender: unknown, status: unknown) => void;
  };
  readonly sessionContext: {
    _displayKernelError?: (message: string, traceback: string) => Promise<void>;
  };
}

/**
 * Lab says of every kernel that ended "appears to have died", and of every refusal "Error Starting Kernel",
 * in a dialog that must be closed first. Where Lab has other internals one day, it says so again.
 */
export function quietLabDialogs(panel: NotebookPanel, tellDeath: (text: string) => void): void {
  const { sessionContext } = panel;
  const internals = { panel, sessionContext } as unknown as LabInternals;
  const showRestart = internals.panel._onSessionStatusChanged;
  if (showRestart !== undefined) sessionContext.statusChanged.disconnect(showRestart, panel);
  if (internals.sessionContext._displayKernelError === undefined) return;
  internals.sessionContext._displayKernelError = async (message) => tellDeath(message);
}
