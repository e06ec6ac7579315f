import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { FileBrowser } from '@jupyterlab/filebrowser';
import type { LabHands } from '../actions/action-context.ts';
import type { GitModel } from '../model/git-model.ts';
import { repositoryPath } from '../model/paths.ts';
import type { Texts } from '../texts.ts';
import { confirm } from './dialogs.ts';

type DocumentContext = NonNullable<ReturnType<IDocumentManager['contextForWidget']>>;

export interface LabHandsOptions {
  readonly app: JupyterFrontEnd;
  readonly documents: IDocumentManager;
  readonly browser: FileBrowser;
  readonly model: GitModel;
  readonly trans: Texts;
}

export function labHands(options: LabHandsOptions): LabHands {
  const { app, browser, model, trans } = options;
  return {
    openFile: (path) => void app.commands.execute('docmanager:open', { path }),
    showFolder: (path) => browser.model.cd(`/${path}`),
    personName: () => app.serviceManager.user.identity?.display_name ?? '',
    async reloadDocuments() {
      const clean = openDocuments(options).filter((each) => !each.model.dirty);
      await Promise.all(clean.map((each) => reload(each, options)));
      await browser.model.refresh();
    },
    async saveDocuments() {
      const unsaved = openDocuments(options).filter((each) => each.model.dirty);
      if (unsaved.length === 0) return true;
      const isConfirmed = await confirm(
        {
          title: trans.__('Save these files first?'),
          body: trans.__('They have changes that are not saved, which Git does not see.'),
          names: unsaved.map(({ path }) => path),
          accept: trans.__('Save'),
          isHarmless: true,
        },
        trans,
      );
      if (!isConfirmed) return false;
      try {
        await Promise.all(unsaved.map((each) => each.save()));
      } catch (error) {
        model.tell(error);
        return false;
      }
      return true;
    },
  };
}

/** Those of the repository. */
function openDocuments({ app, documents, model }: LabHandsOptions): readonly DocumentContext[] {
  const { root } = model;
  if (root === null) return [];
  const contexts = [...app.shell.widgets('main')].flatMap((widget) => {
    const context = documents.contextForWidget(widget);
    return context === undefined ? [] : [context];
  });
  return [...new Set(contexts)].filter(({ path }) => repositoryPath(root, path) !== undefined);
}

async function reload(context: DocumentContext, { app }: LabHandsOptions): Promise<void> {
  try {
    const onDisk = await app.serviceManager.contents.get(context.path, { content: false });
    if (onDisk.last_modified !== context.contentsModel?.last_modified) await context.revert();
  } catch {
    // A file that is gone stays open as it was, so that it can be saved elsewhere.
  }
}
