import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard, Notification } from '@jupyterlab/apputils';
import { type FileBrowser, FileDialog } from '@jupyterlab/filebrowser';
import type { INotebookTracker } from '@jupyterlab/notebook';
import {
  codeIcon,
  copyIcon,
  deleteIcon,
  downloadIcon,
  fileIcon,
  fileUploadIcon,
  refreshIcon,
} from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { BucketActions } from './bucket-actions.ts';
import { entryClass } from './bucket-row.ts';
import type { BucketsModel } from './buckets-model.ts';
import { askDestination } from './dialogs.ts';
import type { Entry, ObjectEntry } from './entry.ts';
import type { Texts } from './failure-text.ts';
import { bucketIcon } from './icons.ts';
import { s3Url } from './place.ts';
import { codeToRead } from './read-code.ts';

export const commandIds = {
  open: 'strongroom-buckets:open',
  refresh: 'strongroom-buckets:refresh',
  copyToHome: 'strongroom-buckets:copy-to-home',
  copyToFolder: 'strongroom-buckets:copy-to-folder',
  upload: 'strongroom-buckets:upload',
  copyToBucket: 'strongroom-buckets:copy-to-bucket',
  delete: 'strongroom-buckets:delete',
  copyUrl: 'strongroom-buckets:copy-url',
  insertCode: 'strongroom-buckets:insert-code',
} as const;

/** Of the panel's toolbar, in this order. */
export const toolbarCommands: readonly string[] = [
  ...[commandIds.upload, commandIds.copyToHome, commandIds.insertCode],
  ...[commandIds.delete, commandIds.refresh],
];

export interface BucketCommandsOptions {
  readonly app: JupyterFrontEnd;
  readonly actions: BucketActions;
  readonly model: BucketsModel;
  readonly browser: FileBrowser;
  readonly notebooks: INotebookTracker | null;
  readonly trans: Texts;
  readonly openEntry: (entry: Entry) => void;
}

const noArguments = { args: { type: 'object', properties: {} } } as const;

export function addBucketCommands(options: BucketCommandsOptions): void {
  const { app, actions, model, browser, notebooks, trans, openEntry } = options;
  const add = (id: string, command: CommandRegistry.ICommandOptions) =>
    app.commands.addCommand(id, { describedBy: noArguments, ...command });
  const mayCopy = () => model.chosenStored.length > 0 && model.rights.mayRead;
  const selectedPaths = () => [...browser.selectedItems()].map(({ path }) => path);
  const onlyObject = (): ObjectEntry | undefined => {
    const [entry, ...others] = model.chosen;
    return entry?.kind === 'object' && others.length === 0 ? entry : undefined;
  };

  add(commandIds.open, {
    label: trans.__('Open'),
    icon: fileIcon,
    isEnabled: () => model.chosen.length === 1,
    execute: () => {
      const [entry] = model.chosen;
      if (entry !== undefined) openEntry(entry);
    },
  });
  add(commandIds.refresh, {
    label: trans.__('Refresh'),
    caption: trans.__('Refresh the buckets'),
    icon: refreshIcon,
    execute: () => model.refresh(),
  });
  add(commandIds.copyToHome, {
    label: trans.__('Copy to Home'),
    caption: trans.__('Copy to the folder that the file browser shows'),
    icon: downloadIcon,
    isEnabled: mayCopy,
    execute: () => actions.copyToHome(model.chosenStored, browser.model.path),
  });
  add(commandIds.copyToFolder, {
    label: trans.__('Copy to a Folder of the Home…'),
    isEnabled: mayCopy,
    execute: async () => {
      const entries = model.chosenStored;
      const { value } = await FileDialog.getExistingDirectory({
        manager: browser.model.manager,
        title: trans.__('Copy to a Folder of the Home'),
        defaultPath: browser.model.path,
      });
      const [folder] = value ?? [];
      if (folder !== undefined) await actions.copyToHome(entries, folder.path);
    },
  });
  add(commandIds.upload, {
    label: trans.__('Upload from Home'),
    caption: trans.__('Copy here what is chosen in the file browser'),
    icon: fileUploadIcon,
    isEnabled: () => model.place !== null && model.rights.mayWrite,
    execute: async () => {
      const paths = selectedPaths();
      if (model.place !== null && paths.length > 0) {
        return actions.copyToBucket(paths, model.place);
      }
      Notification.info(trans.__('Choose files in the file browser first.'), { autoClose: 5_000 });
    },
  });
  add(commandIds.copyToBucket, {
    label: trans.__('Copy to a Bucket…'),
    icon: bucketIcon,
    execute: async () => {
      const paths = selectedPaths();
      // The list may never have been shown.
      if (model.buckets.length === 0) await model.refresh();
      const buckets = model.buckets.filter(({ mayWrite }) => mayWrite);
      if (buckets.length === 0) {
        Notification.warning(trans.__('Your notebooks may write to no bucket.'));
        return;
      }
      const place = await askDestination({ buckets, place: model.place }, trans);
      if (place !== null) await actions.copyToBucket(paths, place);
    },
  });
  add(commandIds.delete, {
    label: trans.__('Delete…'),
    caption: trans.__('Delete what is chosen'),
    icon: deleteIcon,
    isEnabled: () => model.chosenStored.length > 0 && model.rights.mayDelete,
    execute: () => actions.delete(model.chosenStored),
  });
  add(commandIds.copyUrl, {
    label: trans.__('Copy s3:// URL'),
    icon: copyIcon,
    isEnabled: () => model.chosen.length > 0,
    execute: () => Clipboard.copyToSystem(model.chosen.map(urlOf).join('\n')),
  });
  add(commandIds.insertCode, {
    label: trans.__('Insert Code to Read It'),
    caption: trans.__('Insert code that reads it into the notebook'),
    icon: codeIcon,
    isEnabled: () => onlyObject() !== undefined,
    execute: () => {
      const entry = onlyObject();
      if (entry === undefined) return;
      const editor = notebooks?.activeCell?.editor;
      if (editor == null) {
        Notification.info(trans.__('Open a notebook first.'), { autoClose: 5_000 });
        return;
      }
      editor.replaceSelection?.(codeToRead(entry));
      notebooks?.currentWidget?.content.activate();
      editor.focus();
    },
  });
  addToMenus(app);
}

function addToMenus({ contextMenu }: JupyterFrontEnd): void {
  const stored = `.${entryClass}:not([data-kind="bucket"])`;
  const object = `.${entryClass}[data-kind="object"]`;
  const { open, copyToHome, copyToFolder, copyUrl, insertCode } = commandIds;
  const rows: readonly [string, string][] = [
    ...([
      [`.${entryClass}`, open],
      [stored, copyToHome],
      [stored, copyToFolder],
    ] as const),
    ...([
      [object, insertCode],
      [`.${entryClass}`, copyUrl],
    ] as const),
    [stored, commandIds.delete],
  ].map(([selector = '', command = '']) => [selector, command]);
  for (const [rank, [selector, command]] of rows.entries()) {
    contextMenu.addItem({ command, selector, rank });
  }
  contextMenu.addItem({
    ...{ command: commandIds.copyToBucket, selector: '.jp-DirListing-item[data-isdir]', rank: 9.5 },
  });
}

function urlOf(entry: Entry): string {
  if (entry.kind === 'bucket') return s3Url(entry.name);
  return s3Url(entry.bucket, entry.kind === 'folder' ? entry.prefix : entry.key);
}
