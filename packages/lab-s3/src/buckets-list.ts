import { Widget } from '@lumino/widgets';
import { type BucketRowOptions, bucketRow, entryClass } from './bucket-row.ts';
import type { BucketsModel } from './buckets-model.ts';
import { type Entry, idOf } from './entry.ts';

export interface BucketsListOptions extends BucketRowOptions {
  readonly model: BucketsModel;
  readonly onOpen: (entry: Entry) => void;
  readonly onUp: () => void;
  readonly onDelete: () => void;
  readonly onDragStart: (event: PointerEvent) => void;
}

const dragThresholdPixels = 5;

/** The rows: a listbox of which several may be chosen, with one tab stop (ARIA, "Listbox pattern"). */
export class BucketsList extends Widget {
  readonly #options: BucketsListOptions;
  #shown: readonly Entry[] = [];
  #focusIndex = 0;
  #anchorIndex = 0;
  #pressed: PointerEvent | undefined;

  constructor(options: BucketsListOptions) {
    super({ node: document.createElement('ul') });
    this.#options = options;
    this.addClass('sr-BucketsList');
    this.node.setAttribute('role', 'listbox');
    this.node.setAttribute('aria-multiselectable', 'true');
    this.node.setAttribute('aria-label', options.trans.__('Buckets and objects'));
    this.node.addEventListener('keydown', (event) => this.#onKeyDown(event));
    this.node.addEventListener('pointerdown', (event) => this.#onPointerDown(event));
    this.node.addEventListener('pointermove', (event) => this.#onPointerMove(event));
    this.node.addEventListener('pointerup', (event) => this.#onPointerUp(event));
    this.node.addEventListener('dblclick', (event) => {
      const entry = this.#shown[this.#indexAt(event.target)];
      if (entry !== undefined) options.onOpen(entry);
    });
    options.model.changed.connect(() => this.#render());
  }

  /** Whether there is a row to have it. */
  focus(): boolean {
    const row = this.node.querySelector<HTMLElement>('[tabindex="0"]');
    row?.focus();
    return row !== null;
  }

  /** The folder or bucket under the pointer, for what is dropped there. */
  folderAt(target: EventTarget | null): Entry | undefined {
    const entry = this.#shown[this.#indexAt(target)];
    return entry?.kind === 'object' ? undefined : entry;
  }

  /** Its row. */
  rowAt(target: EventTarget | null): HTMLElement | undefined {
    if (this.folderAt(target) === undefined) return undefined;
    return this.node.children[this.#indexAt(target)] as HTMLElement;
  }

  #render(): void {
    const { model } = this.#options;
    const { entries } = model;
    if (entries !== this.#shown && !isSame(entries, this.#shown)) this.#renderRows(entries);
    this.#shown = entries;
    for (const [index, row] of [...this.node.children].entries()) {
      const entry = entries[index];
      const isChosen = entry !== undefined && model.isChosen(entry);
      row.setAttribute('aria-selected', String(isChosen));
    }
  }

  #renderRows(entries: readonly Entry[]): void {
    const hadFocus = this.node.contains(document.activeElement);
    this.node.replaceChildren(...entries.map((entry) => bucketRow(entry, this.#options)));
    this.#focusIndex = Math.max(0, Math.min(this.#focusIndex, entries.length - 1));
    this.#moveTabStop(this.#focusIndex, hadFocus);
  }

  #onKeyDown(event: KeyboardEvent): void {
    const { onOpen, onUp, onDelete, model } = this.#options;
    const entry = this.#shown[this.#focusIndex];
    const moves: Readonly<Record<string, number>> = {
      ...{ ArrowDown: this.#focusIndex + 1, ArrowUp: this.#focusIndex - 1 },
      ...{ Home: 0, End: this.#shown.length - 1 },
    };
    const next = moves[event.key];
    if (next !== undefined) this.#goTo(next, event);
    else if (event.key === 'Enter' && entry !== undefined) onOpen(entry);
    else if (event.key === ' ') this.#choose(this.#focusIndex, { ctrlKey: true });
    else if (event.key === 'Backspace') onUp();
    else if (event.key === 'Delete') onDelete();
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) model.choose(this.#shown);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #goTo(index: number, event: KeyboardEvent): void {
    const bounded = Math.max(0, Math.min(index, this.#shown.length - 1));
    this.#moveTabStop(bounded, true);
    if (!event.ctrlKey) this.#choose(bounded, { shiftKey: event.shiftKey });
  }

  #moveTabStop(index: number, takesFocus: boolean): void {
    const rows = [...this.node.children] as HTMLElement[];
    for (const row of rows) row.tabIndex = -1;
    const row = rows[index];
    this.#focusIndex = index;
    if (row === undefined) return;
    row.tabIndex = 0;
    if (takesFocus) row.focus();
  }

  #choose(index: number, keys: { ctrlKey?: boolean; shiftKey?: boolean }): void {
    const { model } = this.#options;
    const entry = this.#shown[index];
    if (entry === undefined) return;
    if (keys.shiftKey === true) {
      const [first, last] = [this.#anchorIndex, index].sort((a, b) => a - b) as [number, number];
      model.choose(this.#shown.slice(first, last + 1));
      return;
    }
    this.#anchorIndex = index;
    const others = keys.ctrlKey === true ? model.chosen.filter((each) => each !== entry) : [];
    const isTakenBack = keys.ctrlKey === true && model.isChosen(entry);
    model.choose(isTakenBack ? others : [...others, entry]);
  }

  #onPointerDown(event: PointerEvent): void {
    const index = this.#indexAt(event.target);
    const entry = this.#shown[index];
    if (entry === undefined) {
      this.#options.model.choose([]);
      return;
    }
    this.#moveTabStop(index, true);
    const { ctrlKey, metaKey, shiftKey } = event;
    // What is chosen stays so while it may become a drag, and under a context menu.
    const isKept = this.#options.model.isChosen(entry) && !ctrlKey && !metaKey && !shiftKey;
    if (!isKept) this.#choose(index, { ctrlKey: ctrlKey || metaKey, shiftKey });
    this.#pressed = event.button === 0 ? event : undefined;
  }

  #onPointerMove(event: PointerEvent): void {
    if (this.#pressed === undefined) return;
    const distance = Math.hypot(
      event.clientX - this.#pressed.clientX,
      event.clientY - this.#pressed.clientY,
    );
    if (distance < dragThresholdPixels) return;
    this.#pressed = undefined;
    this.#options.onDragStart(event);
  }

  #onPointerUp(event: PointerEvent): void {
    const isClick = this.#pressed !== undefined;
    this.#pressed = undefined;
    if (!isClick || event.ctrlKey || event.metaKey || event.shiftKey) return;
    this.#choose(this.#indexAt(event.target), {});
  }

  #indexAt(target: EventTarget | null): number {
    const row = target instanceof Element ? target.closest(`.${entryClass}`) : null;
    return row === null ? -1 : [...this.node.children].indexOf(row);
  }
}

function isSame(one: readonly Entry[], other: readonly Entry[]): boolean {
  return (
    one.length === other.length &&
    one.every(
      (entry, index) =>
        idOf(entry) === idOf(other[index] as Entry) && sizeOf(entry) === sizeOf(other[index]),
    )
  );
}

function sizeOf(entry: Entry | undefined): string {
  return entry?.kind === 'object' ? `${entry.sizeBytes} ${entry.modifiedAt}` : '';
}
