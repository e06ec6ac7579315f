import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  type ISessionContext,
  ISessionContextDialogs,
  IToolbarWidgetRegistry,
  Notification,
} from '@jupyterlab/apputils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator } from '@jupyterlab/translation';
import { ComputeApi } from './api/compute-api.ts';
import { describeFailure } from './failure-text.ts';
import { Offers } from './model/offers.ts';
import { RunningApps } from './model/running-apps.ts';
import { arrangeLauncherCards } from './new-notebook/launcher-cards.ts';
import { addNewNotebookCommands } from './new-notebook/new-notebook-commands.ts';
import { RememberedChoice } from './new-notebook/remembered-choice.ts';
import { OpenNotebooks } from './open-notebooks.ts';
import { StudioSessionDialogs } from './session-dialogs-plugin.ts';
import { makePicker, makeUse } from './widgets.tsx';

/** Its id is also that of schema/plugin.json, which gives picker and meters their places on the toolbar. */
export const computePlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-compute:plugin',
  description: 'Image, kernel and instance type of a notebook.',
  autoStart: true,
  requires: [ITranslator, INotebookTracker, ISessionContextDialogs],
  optional: [IToolbarWidgetRegistry, ISettingRegistry, ILauncher, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator,
    tracker: INotebookTracker,
    dialogs: ISessionContextDialogs,
    toolbars: IToolbarWidgetRegistry | null,
    settings: ISettingRegistry | null,
    launcher: ILauncher | null,
    browser: IDefaultFileBrowser | null,
  ) => {
    const trans = translator.load('strongroom_compute');
    const languageTag = translator.languageCode.replace('_', '-');
    const failureText = (error: unknown) => describeFailure(error, trans, languageTag);
    const api = new ComputeApi();
    const offers = new Offers(api);
    const apps = watchedApps(api);
    const studioDialogs = dialogs instanceof StudioSessionDialogs ? dialogs : undefined;
    const notebooks = new OpenNotebooks({
      ...{ app, api, offers, apps },
      context: { trans, languageTag, failureText },
      askToRestart: (session: ISessionContext) => dialogs.restart(session),
      openLabsList: (session: ISessionContext) => void studioDialogs?.selectFromLabsList(session),
    });
    if (studioDialogs !== undefined) {
      studioDialogs.openInstead = async (session) => {
        const panel = tracker.find(({ sessionContext }) => sessionContext === session);
        return panel === undefined ? false : await notebooks.choose(panel);
      };
    }
    toolbars?.addFactory<NotebookPanel>('Notebook', 'strongroom-compute', (panel) =>
      makePicker(panel, notebooks.of(panel), notebooks.context),
    );
    toolbars?.addFactory<NotebookPanel>('Notebook', 'strongroom-use', (panel) =>
      makeUse(notebooks.of(panel), notebooks.context),
    );
    const loaded = settings?.load(computePlugin.id).catch(() => null);
    const remembered = new RememberedChoice(loaded ?? Promise.resolve(null));
    addNewNotebookCommands({
      ...{ app, browser, offers, remembered },
      context: { trans, languageTag, failureText },
      tellFailure: (error) => void Notification.error(failureText(error), { autoClose: false }),
    });
    if (launcher !== null) {
      const category = translator.load('jupyterlab').__('Notebook');
      arrangeLauncherCards({ launcher, category, remembered });
    }
  },
};

/** Asks while the page is looked at, and at once when it is again. */
function watchedApps(api: ComputeApi): RunningApps {
  const apps = new RunningApps({
    api,
    isLookedAt: () => !document.hidden,
    now: () => Date.now(),
    schedule: (ask, milliseconds) => {
      const timer = setTimeout(ask, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) apps.hurry();
  });
  return apps;
}
