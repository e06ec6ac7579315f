import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISplashScreen } from '@jupyterlab/apputils';
import { DisposableDelegate } from '@lumino/disposable';

/**
 * Takes the place of `@jupyterlab/apputils-extension:splash`. The screen itself is in the page, so
 * that it shows before any script has run; here it only goes away. Themes change without it.
 */
export const splashPlugin: JupyterFrontEndPlugin<ISplashScreen> = {
  id: '@strongroom/lab-studio:splash',
  description: 'Removes the splash screen when Lab is ready.',
  autoStart: true,
  provides: ISplashScreen,
  activate: (app: JupyterFrontEnd) => ({
    show: () => new DisposableDelegate(() => void removeSplash(app)),
  }),
};

async function removeSplash({ restored }: JupyterFrontEnd): Promise<void> {
  await restored;
  document.getElementById('strongroom-splash')?.remove();
}
