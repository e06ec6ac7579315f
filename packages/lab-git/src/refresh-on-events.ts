import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { FileBrowser } from '@jupyterlab/filebrowser';
import type { GitModel } from './model/git-model.ts';

/** Keeps up with the folder of the file browser, with what is saved, and with the person coming back. */
export function refreshOnEvents(options: {
  readonly app: JupyterFrontEnd;
  readonly browser: FileBrowser;
  readonly model: GitModel;
}): void {
  const { app, browser, model } = options;
  // Not before Lab is there: nobody waits for Git on the first page.
  void Promise.all([app.restored, browser.model.restored]).then(() => {
    void model.followFolder(browser.model.path);
    browser.model.pathChanged.connect(() => void model.followFolder(browser.model.path));
  });
  app.serviceManager.contents.fileChanged.connect(() => model.touch());
  window.addEventListener('focus', () => void model.refresh());
}
