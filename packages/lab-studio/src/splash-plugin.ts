import {
  ILabShell,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ISplashScreen } from '@jupyterlab/apputils';
import { DisposableDelegate } from '@lumino/disposable';

/** The mark that measurements read: Lab is restored, themed and has something in it. */
const readyMark = 'strongroom:ready';

/** How long an empty main area (where the launcher goes) may keep the screen up. */
const patienceMilliseconds = 1000;

/**
 * Takes the place of `@jupyterlab/apputils-extension:splash`. The screen itself is in the page, so
 * that it shows before any script has run; here it only goes away. Themes change without it.
 */
export const splashPlugin: JupyterFrontEndPlugin<ISplashScreen> = {
  id: '@strongroom/lab-studio:splash',
  description: 'Removes the splash screen when Lab is ready.',
  autoStart: true,
  provides: ISplashScreen,
  requires: [ILabShell],
  activate: (app: JupyterFrontEnd, shell: ILabShell) => ({
    show: () => new DisposableDelegate(() => void removeSplash(app, shell)),
  }),
};

async function removeSplash({ restored }: JupyterFrontEnd, shell: ILabShell): Promise<void> {
  const splash = document.getElementById('strongroom-splash');
  if (splash === null) return;
  await restored;
  await mainAreaFilled(shell);
  if (!splash.isConnected) return;
  splash.remove();
  performance.mark(readyMark);
}

function mainAreaFilled(shell: ILabShell): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, patienceMilliseconds);
    function finish(): void {
      clearTimeout(timer);
      shell.layoutModified.disconnect(check);
      resolve();
    }
    function check(): void {
      if (!shell.isEmpty('main')) finish();
    }
    shell.layoutModified.connect(check);
    check();
  });
}
