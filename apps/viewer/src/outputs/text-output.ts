import { element } from '../frame/element.ts';
import type { Texts } from '../frame/texts.ts';
import { parseAnsi } from './ansi.ts';
import { splitText } from './fold-text.ts';

/** A text whose rest is shown where somebody asks, or where something is found in it. */
export interface FoldedText {
  readonly element: HTMLElement;
  readonly hiddenText: string;
  unfold(): void;
}

/** Of folded parts, by their element: what finding and printing unfold. */
export const foldedTexts = new Map<HTMLElement, FoldedText>();

/** Text of a stream, an error or a result, in its colours; folded where it is long. */
export function textOutput(text: string, kind: 'output' | 'stderr' | 'error', texts: Texts) {
  const { head, rest, restLineCount } = splitText(text);
  const box = element('div', { class: `text-output text-${kind}` });
  box.append(chunk(head));
  if (rest === '') return box;
  const lines = restLineCount.toLocaleString();
  const button = element('button', { type: 'button', class: 'unfold' }, texts.showAll(lines));
  box.append(button);
  const unfold = () => {
    if (!foldedTexts.delete(box)) return;
    button.remove();
    box.append(...chunksOf(rest).map(chunk));
  };
  button.addEventListener('click', unfold);
  foldedTexts.set(box, { element: box, hiddenText: rest, unfold });
  return box;
}

/** Each lays itself out when it comes into view. */
function chunk(text: string): HTMLElement {
  const pre = element('pre', { class: 'chunk' });
  for (const span of parseAnsi(text)) {
    const { classes, color, background } = span;
    if (classes.length === 0 && color === undefined && background === undefined) {
      pre.append(span.text);
      continue;
    }
    const styled = element('span', { class: classes.join(' ') }, span.text);
    if (color !== undefined) styled.style.color = color;
    if (background !== undefined) styled.style.backgroundColor = background;
    pre.append(styled);
  }
  return pre;
}

const chunkLength = 60_000;

function chunksOf(text: string): readonly string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', start + chunkLength);
    const end =
      lineEnd === -1 || lineEnd > start + 2 * chunkLength
        ? Math.min(start + 2 * chunkLength, text.length)
        : lineEnd + 1;
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}
