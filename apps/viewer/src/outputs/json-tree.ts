import { element } from '../frame/element.ts';
import type { Texts } from '../frame/texts.ts';

const openedDepth = 1;
/** Smaller than this all levels are made at once, so that what they hold is found. */
const wholeLength = 50_000;
const maximumShown = 200;

/** JSON with levels that open; of a large one what is below a level is made when it is opened. */
export function jsonTree(value: unknown, texts: Texts): HTMLElement {
  const isWhole = (JSON.stringify(value) ?? '').length < wholeLength;
  return level(value, { texts, isWhole, depth: 0 });
}

interface LevelOptions {
  readonly texts: Texts;
  readonly isWhole: boolean;
  readonly depth: number;
}

function level(value: unknown, options: LevelOptions): HTMLElement {
  const { texts, isWhole, depth } = options;
  if (typeof value !== 'object' || value === null) return leaf(value);
  const entries = Object.entries(value);
  const brackets = Array.isArray(value) ? '[ ]' : '{ }';
  if (entries.length === 0) return element('span', { class: 'json-leaf' }, brackets);
  const summary = element('summary', {}, `${brackets} ${texts.items(entries.length)}`);
  const details = element('details', { class: 'json-tree' }, summary);
  const fill = () => {
    if (details.childElementCount > 1) return;
    details.append(list(entries, { ...options, depth: depth + 1 }, 0));
  };
  details.addEventListener('toggle', fill);
  details.open = depth < openedDepth;
  if (details.open || isWhole) fill();
  return details;
}

function list(
  entries: readonly [string, unknown][],
  options: LevelOptions,
  start: number,
): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const shown = entries
    .slice(start, start + maximumShown)
    .map(([key, value]) =>
      element('li', {}, element('span', { class: 'json-key' }, `${key}: `), level(value, options)),
    );
  fragment.append(element('ul', {}, ...shown));
  const next = start + maximumShown;
  if (next >= entries.length) return fragment;
  const label = options.texts.items(entries.length - next);
  const more = element('button', { type: 'button', class: 'unfold' }, label);
  more.addEventListener('click', () => more.replaceWith(list(entries, options, next)));
  fragment.append(more);
  return fragment;
}

function leaf(value: unknown): HTMLElement {
  return element('span', { class: `json-leaf json-${typeof value}` }, JSON.stringify(value) ?? '');
}
