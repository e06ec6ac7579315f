import { element } from '../frame/element.ts';
import type { Texts } from '../frame/texts.ts';

const openedDepth = 1;
const maximumShown = 200;

/** JSON with levels that open; what is below one is made when it is opened. */
export function jsonTree(value: unknown, texts: Texts, depth = 0): HTMLElement {
  if (typeof value !== 'object' || value === null) return leaf(value);
  const entries = Object.entries(value);
  const brackets = Array.isArray(value) ? '[ ]' : '{ }';
  if (entries.length === 0) return element('span', { class: 'json-leaf' }, brackets);
  const summary = element('summary', {}, `${brackets} ${texts.items(entries.length)}`);
  const details = element('details', { class: 'json-tree' }, summary);
  const fill = () => {
    if (details.childElementCount > 1) return;
    details.append(list(entries, { texts, depth: depth + 1, start: 0 }));
  };
  details.addEventListener('toggle', fill);
  if (depth < openedDepth) {
    details.open = true;
    fill();
  }
  return details;
}

function list(
  entries: readonly [string, unknown][],
  { texts, depth, start }: { texts: Texts; depth: number; start: number },
): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const shown = entries
    .slice(start, start + maximumShown)
    .map(([key, value]) =>
      element(
        'li',
        {},
        element('span', { class: 'json-key' }, `${key}: `),
        jsonTree(value, texts, depth),
      ),
    );
  fragment.append(element('ul', {}, ...shown));
  const next = start + maximumShown;
  if (next >= entries.length) return fragment;
  const more = element(
    'button',
    { type: 'button', class: 'unfold' },
    texts.items(entries.length - next),
  );
  more.addEventListener('click', () =>
    more.replaceWith(list(entries, { texts, depth, start: next })),
  );
  fragment.append(more);
  return fragment;
}

function leaf(value: unknown): HTMLElement {
  return element('span', { class: `json-leaf json-${typeof value}` }, JSON.stringify(value) ?? '');
}
