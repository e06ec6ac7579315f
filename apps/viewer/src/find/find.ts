import { foldedTexts } from '../outputs/text-output.ts';
import { findMatches } from './find-matches.ts';

/** Marks cost time to paint; more are counted and not marked. */
const maximumMarks = 2_000;
const marksName = 'found';
const currentName = 'found-current';

/**
 * Finds a text in cells and outputs. Marks are ranges beside the document (CSS Custom Highlight API),
 * so that nothing of it is rewritten; code in colours is found across its many elements.
 */
export class Find {
  readonly #root: HTMLElement;
  #ranges: Range[] = [];
  #current = -1;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** From the first match that is on the screen or below it. */
  search(text: string): { matchCount: number; current: number } {
    this.#ranges = text === '' ? [] : this.#findAll(text);
    const top = this.#ranges.findIndex((range) => range.getBoundingClientRect().bottom >= 0);
    this.#current = this.#ranges.length === 0 ? -1 : Math.max(top, 0);
    this.#mark();
    return this.#result();
  }

  next(direction: 'forward' | 'backward'): { matchCount: number; current: number } {
    const { length } = this.#ranges;
    if (length === 0) return this.#result();
    this.#current = (this.#current + (direction === 'forward' ? 1 : length - 1)) % length;
    this.#mark();
    return this.#result();
  }

  #result() {
    return { matchCount: this.#ranges.length, current: this.#current + 1 };
  }

  #findAll(text: string): Range[] {
    const sought = text.toLowerCase();
    for (const { hiddenText, unfold } of [...foldedTexts.values()]) {
      if (hiddenText.toLowerCase().includes(sought)) unfold();
    }
    return [...this.#root.querySelectorAll<HTMLElement>('.cell')].flatMap((cell) =>
      findInBlock(cell, sought),
    );
  }

  #mark(): void {
    const current = this.#ranges[this.#current];
    if ('highlights' in CSS) {
      CSS.highlights.set(marksName, new Highlight(...this.#ranges.slice(0, maximumMarks)));
      CSS.highlights.set(currentName, new Highlight(...(current === undefined ? [] : [current])));
    }
    if (current === undefined) return;
    openAround(current.startContainer);
    scrollTo(current);
  }
}

function findInBlock(block: HTMLElement, sought: string): Range[] {
  const nodes: Text[] = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest('.comment-button, .unfold, .prompt, mjx-container') === null
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_REJECT,
  );
  while (walker.nextNode()) {
    if (walker.currentNode instanceof Text) nodes.push(walker.currentNode);
  }
  const matches = findMatches(
    nodes.map(({ data }) => data),
    sought,
  );
  return matches.flatMap(({ start, end }) => {
    const [startNode, endNode] = [nodes[start.part], nodes[end.part]];
    if (startNode === undefined || endNode === undefined) return [];
    const range = document.createRange();
    range.setStart(startNode, start.offset);
    range.setEnd(endNode, end.offset);
    return [range];
  });
}

function openAround(node: Node): void {
  for (let each = node.parentElement; each !== null; each = each.parentElement) {
    if (each instanceof HTMLDetailsElement) each.open = true;
  }
}

function scrollTo(range: Range): void {
  // A cell that was never on the screen has no layout yet: bring it there, then the match.
  const around = range.startContainer.parentElement;
  around?.scrollIntoView({ block: 'center', inline: 'nearest' });
}
