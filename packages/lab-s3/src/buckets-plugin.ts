import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { type FileBrowser, IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator } from '@jupyterlab/translation';
import { BucketActions } from './bucket-actions.ts';
import { BucketApi } from './bucket-api.ts';
import { addBucketCommands, commandIds, toolbarCommands } from './bucket-commands.ts';
import { BucketsModel } from './buckets-model.ts';
import { BucketsPanel } from './buckets-panel.ts';
import { acceptEntries, acceptFiles, openTabsUnderDrags, startEntriesDrag } from './drag.ts';
import type { Entry } from './entry.ts';
import { describeFailure, type Texts } from './failure-text.ts';
import { type Place, parentOf } from './place.ts';
import { openPreview } from './preview.ts';
import { Transfers } from './transfers.ts';
import { TransfersItem } from './transfers-item.ts';

const besideFilesRank = 101;

/** The person's buckets in the sidebar, and the ways between them and the home. */
export const bucketsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-s3:buckets',
  description: 'Shows the buckets that the notebooks may use.',
  autoStart: true,
  requires: [ITranslator, IDefaultFileBrowser],
  optional: [INotebookTracker, IStatusBar, ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator,
    browser: FileBrowser,
    notebooks: INotebookTracker | null,
    statusBar: IStatusBar | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
  ) => {
    const trans = translator.load('strongroom_s3');
    const languageTag = translator.languageCode.replace('_', '-');
    const failureText = (error: unknown) => describeFailure(error, trans, languageTag);
    const tellFailure = (error: unknown) =>
      void Notification.error(failureText(error), { autoClose: false });
    const api = new BucketApi();
    const model = new BucketsModel(api);
    const transfers = new Transfers({
      ...{ cancelled: trans.__('cancelled'), describeFailure: failureText },
    });
    const { contents } = app.serviceManager;
    const actions = new BucketActions({ api, contents, model, transfers, trans, tellFailure });
    const openEntry = (entry: Entry) => open(entry, { app, api, model, trans, tellFailure });
    addBucketCommands({ app, actions, model, browser, notebooks, trans, openEntry });
    const panel = new BucketsPanel({
      ...{ model, trans, languageTag, toolbarCommands, describeFailure: failureText },
      ...{ commands: app.commands, fileTypes: app.docRegistry, onOpen: openEntry },
      onUp: () => void model.open(parentOf(model.place)),
      onDelete: () => void app.commands.execute(commandIds.delete),
      onDragStart: (event) => startEntriesDrag(model.chosenStored, event),
    });
    app.shell.add(panel, 'left', { rank: besideFilesRank, type: 'Buckets' });
    restorer?.add(panel, panel.id);
    palette?.addItem({ command: commandIds.refresh, category: trans.__('Buckets') });
    joinDrags({ app, browser, panel, model, actions });
    const item = new TransfersItem(transfers, trans);
    statusBar?.registerStatusItem(bucketsPlugin.id, {
      ...{ item, align: 'middle', isActive: () => transfers.running.length > 0 },
      activeStateChanged: transfers.changed,
    });
  },
};

function open(
  entry: Entry,
  options: {
    readonly app: JupyterFrontEnd;
    readonly api: BucketApi;
    readonly model: BucketsModel;
    readonly trans: Texts;
    readonly tellFailure: (error: unknown) => void;
  },
): void {
  const { app, api, model, trans, tellFailure } = options;
  if (entry.kind !== 'object') return void model.open(placeOf(entry));
  openPreview(api, entry, trans).then((widget) => {
    app.shell.add(widget, 'main');
    app.shell.activateById(widget.id);
  }, tellFailure);
}

function joinDrags(options: {
  readonly app: JupyterFrontEnd;
  readonly browser: FileBrowser;
  readonly panel: BucketsPanel;
  readonly model: BucketsModel;
  readonly actions: BucketActions;
}): void {
  const { app, browser, panel, model, actions } = options;
  /** The folder under the pointer, or where the panel is. */
  const targetOf = ({ target }: Event): Place => {
    const entry = panel.list.folderAt(target);
    return entry === undefined ? model.place : placeOf(entry);
  };
  openTabsUnderDrags((id) => app.shell.activateById(id));
  acceptEntries(browser, (entries, folder) => void actions.copyToHome(entries, folder));
  acceptFiles(panel.node, {
    mayDrop: (event) => {
      const place = targetOf(event);
      return model.buckets.some(({ bucket, mayWrite }) => mayWrite && bucket === place?.bucket);
    },
    markOf: (event) => panel.list.rowAt(event.target) ?? panel.node,
    onDrop: (paths, event) => {
      const place = targetOf(event);
      if (place !== null) void actions.copyToBucket(paths, place);
    },
  });
}

function placeOf(entry: Entry): Place {
  if (entry.kind === 'bucket') return { bucket: entry.name, prefix: '' };
  return entry.kind === 'folder' ? { bucket: entry.bucket, prefix: entry.prefix } : null;
}
