import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ScanFinding } from '@strongroom/contracts';

/** Notebooks that are open, and those that can be. */
export class Notebooks {
  readonly #app: JupyterFrontEnd;
  readonly #tracker: INotebookTracker;

  constructor(app: JupyterFrontEnd, tracker: INotebookTracker) {
    this.#app = app;
    this.#tracker = tracker;
  }

  get current(): NotebookPanel | null {
    return this.#tracker.currentWidget;
  }

  find(path: string): NotebookPanel | undefined {
    return this.#tracker.find(({ context }) => context.path === path);
  }

  /**
   * What is shared is the file: it must be what the person sees. False where it could not be saved, which
   * Lab has then said in a dialog of its own.
   */
  async save(path: string): Promise<boolean> {
    const context = this.find(path)?.context;
    if (context === undefined || !context.model.dirty) return true;
    try {
      await context.ready;
      await context.save();
    } catch {
      return false;
    }
    return !context.model.dirty;
  }

  /** Opens the notebook where it is not, and brings the cell into view. */
  async goToCell(path: string, { cellIndex, cellId }: ScanFinding): Promise<void> {
    const panel = this.find(path) ?? (await this.#open(path));
    if (panel === undefined) return;
    await panel.context.ready;
    this.#app.shell.activateById(panel.id);
    const { content } = panel;
    const byId = content.widgets.findIndex(({ model }) => cellId !== null && model.id === cellId);
    const index = byId === -1 ? cellIndex : byId;
    if (index >= content.widgets.length) return;
    content.deselectAll();
    content.activeCellIndex = index;
    await content.scrollToItem(index, 'center');
  }

  async #open(path: string): Promise<NotebookPanel | undefined> {
    await this.#app.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    return this.find(path);
  }
}
