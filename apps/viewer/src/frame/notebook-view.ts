import { CellShell } from '../cells/cell-shell.ts';
import { type Heading, Headings } from '../cells/headings.ts';
import { renderCell } from '../cells/render-cell.ts';
import { typeset } from '../markdown/typeset.ts';
import type { Cell, Notebook } from '../notebook/notebook.ts';
import { readWidgetState, type WidgetState } from '../notebook/widget-state.ts';
import { OutputFrames } from '../outputs/output-frame.ts';
import { foldedTexts } from '../outputs/text-output.ts';
import { element } from './element.ts';
import { IdleSlices } from './idle-slices.ts';
import { type Language, texts } from './texts.ts';

export interface ViewOptions {
  readonly notebook: Notebook;
  readonly language: Language;
  readonly commentCounts: ReadonlyMap<number, number>;
  /** Undefined: nobody comments here. */
  readonly onComment: ((cellIndex: number) => void) | undefined;
}

/** Longer than this nothing is rendered before the first paint. */
const firstPaintMilliseconds = 60;
/** How many screens are rendered before it. */
const firstScreens = 1.5;

/** A notebook on the page: the first screen at once, the rest in slices. */
export class NotebookView {
  readonly #root: HTMLElement;
  readonly #notebook: Notebook;
  readonly #widgets: WidgetState;
  readonly #slices = new IdleSlices();
  readonly #frames = new OutputFrames();
  readonly #headings = new Headings();
  readonly #shells: CellShell[] = [];
  readonly #onComment: ViewOptions['onComment'];
  readonly #firstPaint: Promise<void>;
  #tellFirstPaint: () => void = () => undefined;
  #language: Language;
  #commentCounts: ReadonlyMap<number, number>;

  constructor(root: HTMLElement, options: ViewOptions) {
    this.#root = root;
    this.#notebook = options.notebook;
    this.#widgets = readWidgetState(options.notebook.widgetState);
    this.#language = options.language;
    this.#commentCounts = options.commentCounts;
    this.#onComment = options.onComment;
    this.#firstPaint = new Promise((resolve) => {
      this.#tellFirstPaint = resolve;
    });
  }

  renderFirst(): void {
    const { cells } = this.#notebook;
    this.#root.replaceChildren();
    if (cells.length === 0) {
      this.#root.append(element('p', { class: 'note' }, texts[this.#language].empty));
      return;
    }
    const end = performance.now() + firstPaintMilliseconds;
    let rendered = 0;
    for (const cell of cells) {
      this.#render(cell, rendered);
      rendered += 1;
      // Each look at the layout computes it: only now and then.
      if (performance.now() > end || (rendered % 4 === 0 && this.#fillsScreen())) break;
    }
    cells.slice(rendered).forEach((cell, index) => {
      this.#slices.add(() => this.#render(cell, rendered + index));
    });
  }

  /** What waited for the first cells to be seen: math, and the other cells. */
  renderRest(): void {
    this.#tellFirstPaint();
    this.#slices.start();
  }

  /** Resolves with the outline when every cell is there. */
  async whenRendered(): Promise<Heading[]> {
    await this.#slices.whenIdle();
    return this.#headings.outline;
  }

  /** Every cell, now: somebody looks for something in them. */
  renderAll(): void {
    this.#slices.finish();
  }

  scrollToCell(cellIndex: number): void {
    if (this.#shells[cellIndex] === undefined) this.renderAll();
    reveal(this.#shells[cellIndex]?.element);
  }

  scrollToHeading(headingId: string): void {
    if (this.#headings.find(headingId) === undefined) this.renderAll();
    reveal(this.#headings.find(headingId));
  }

  followFragment(fragment: string): void {
    if (this.#headings.findByFragment(fragment) === undefined) this.renderAll();
    reveal(this.#headings.findByFragment(fragment));
  }

  setTheme(theme: 'light' | 'dark'): void {
    this.#frames.theme = theme;
  }

  /** Texts around cells; those in outputs stay as they were written. */
  setLanguage(language: Language): void {
    this.#language = language;
    this.#describe();
  }

  setComments(counts: ReadonlyMap<number, number>): void {
    this.#commentCounts = counts;
    this.#describe();
  }

  /** Everything that a print shall show: folded texts, and outputs that nobody has come to. */
  async prepareToPrint(): Promise<void> {
    this.renderAll();
    for (const { unfold } of [...foldedTexts.values()]) unfold();
    await this.#frames.showAll();
  }

  close(): void {
    this.#slices.clear();
    this.#frames.clear();
    foldedTexts.clear();
  }

  #fillsScreen(): boolean {
    return this.#root.getBoundingClientRect().height > window.innerHeight * firstScreens;
  }

  #render(cell: Cell, cellIndex: number): void {
    const shell = new CellShell({
      kind: cell.kind,
      cellIndex,
      onComment: this.#onComment && (() => this.#onComment?.(cellIndex)),
    });
    this.#shells.push(shell);
    shell.describe(texts[this.#language], this.#commentCounts.get(cellIndex) ?? 0);
    try {
      const content = renderCell(cell, {
        ...{ cellIndex, texts: texts[this.#language], language: this.#notebook.language },
        ...{ frames: this.#frames, widgets: this.#widgets },
      });
      if (cell.kind === 'markdown') this.#headings.collect(content, cellIndex);
      shell.fill(content);
    } catch (error) {
      // One cell that nobody thought of does not take the others with it.
      const text = error instanceof Error ? error.message : String(error);
      shell.fill(element('p', { class: 'note' }, text));
    }
    this.#root.append(shell.element);
    void this.#firstPaint.then(() => typeset(shell.element, texts[this.#language]));
  }

  #describe(): void {
    this.#shells.forEach((shell, cellIndex) => {
      shell.describe(texts[this.#language], this.#commentCounts.get(cellIndex) ?? 0);
    });
  }
}

function reveal(target: HTMLElement | undefined): void {
  target?.scrollIntoView({ block: 'start' });
  target?.focus({ preventScroll: true });
}
