import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';
import { ask } from '../api/ask.ts';
import { ComputeApi } from '../api/compute-api.ts';
import { JobsApi } from '../api/jobs-api.ts';
import { describeFailure } from '../failure-text.ts';
import { Offers } from '../model/offers.ts';
import type { Texts } from '../texts.ts';
import { JobActions } from './job-actions.ts';
import { JobsModel } from './jobs-model.ts';
import { JobsPanel } from './jobs-panel.tsx';
import { findParameters } from './notebook-parameters.ts';
import { openJobDialog } from './open-job-dialog.tsx';
import { writableBuckets } from './writable-buckets.ts';

/** The id is also in schema/plugin.json, which puts it into the Run menu. */
const runCommand = 'strongroom-compute:run-as-job';
const showCommand = 'strongroom-compute:show-jobs';
const besideSharesRank = 104;
/** Lab's own first questions come first. */
const calmMilliseconds = 2_000;
const noArguments = { args: { type: 'object', properties: {} } } as const;

/** Notebooks that run without a page. Nothing of it is seen where the platform runs none. */
export const jobsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-compute:jobs',
  description: 'Runs notebooks as jobs.',
  autoStart: true,
  requires: [ITranslator, INotebookTracker],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const trans = translator.load('strongroom_compute');
    const languageTag = translator.languageCode.replace('_', '-');
    const failureText = (error: unknown) => describeFailure(error, trans, languageTag);
    const api = new JobsApi();
    const model = new JobsModel(api);
    const offers = new Offers(new ComputeApi());
    const actions = new JobActions({ app, model, trans });
    let panel: JobsPanel | undefined;
    const show = () => {
      if (panel !== undefined) app.shell.activateById(panel.id);
      void model.refresh();
    };
    app.commands.addCommand(runCommand, {
      label: trans.__('Run as a Job…'),
      caption: trans.__('Run a copy of this notebook without the page'),
      describedBy: noArguments,
      isVisible: () => panel !== undefined,
      isEnabled: () => tracker.currentWidget !== null,
      execute: async () => {
        const notebook = tracker.currentWidget;
        if (notebook === null || !(await save(notebook))) return;
        openJobDialog(
          { api, offers, ...describe(notebook), findBuckets, timeZone: timeZoneHere() },
          { trans, languageTag, failureText },
          () => {
            tellStarted(trans);
            show();
          },
        );
      },
    });
    app.commands.addCommand(showCommand, {
      label: trans.__('Show Jobs'),
      describedBy: noArguments,
      isVisible: () => panel !== undefined,
      execute: show,
    });
    void app.restored.then(async () => {
      await new Promise((resolve) => setTimeout(resolve, calmMilliseconds));
      if (!(await api.isThere())) return;
      panel = new JobsPanel({ model, actions, trans, languageTag, failureText });
      app.shell.add(panel, 'left', { rank: besideSharesRank, type: 'Jobs' });
      restorer?.add(panel, panel.id);
      for (const command of [runCommand, showCommand]) {
        palette?.addItem({ command, category: trans.__('Jobs') });
        app.commands.notifyCommandChanged(command);
      }
    });
    tracker.currentChanged.connect(() => app.commands.notifyCommandChanged(runCommand));
  },
};

const findBuckets = async () => writableBuckets((await ask('buckets')).value);

function timeZoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What runs is the file: it must be what the person sees. */
async function save({ context }: NotebookPanel): Promise<boolean> {
  if (!context.model.dirty) return true;
  try {
    await context.save();
  } catch {
    // Lab has said why.
    return false;
  }
  return !context.model.dirty;
}

function describe({ context, sessionContext, content }: NotebookPanel) {
  const cells = [...(content.model?.cells ?? [])].map(({ sharedModel }) => ({
    source: sharedModel.getSource(),
    tags: sharedModel.getMetadata('tags'),
  }));
  const instanceType: unknown = content.model?.getMetadata('instance_type');
  const kernelName = sessionContext.session?.kernel?.name;
  return {
    notebookPath: context.path,
    parameters: findParameters(cells),
    now: {
      ...(kernelName === undefined ? {} : { kernelName }),
      ...(typeof instanceType === 'string' ? { instanceType } : {}),
    },
  };
}

function tellStarted(trans: Texts): void {
  Notification.success(trans.__('It is in the list of jobs. You may close the page.'), {
    autoClose: 5_000,
  });
}
