import { removeMath } from '@jupyterlab/rendermime/lib/latex';
import { Marked } from 'marked';
import { element } from '../frame/element.ts';
import type { Texts } from '../frame/texts.ts';
import { isRecord, textOf } from '../notebook/json-values.ts';
import type { MimeBundle } from '../notebook/notebook.ts';
import { sanitise } from './sanitise.ts';

const marked = new Marked({ gfm: true, async: false });

export interface MarkdownOptions {
  readonly attachments?: Readonly<Record<string, MimeBundle>>;
  readonly texts: Texts;
}

/**
 * Markdown as JupyterLab shows it: math is taken out first, so that no underscore of a formula becomes
 * emphasis, and put back as elements with `data-math` that wait to be typeset.
 */
export function renderMarkdown(source: string, options: MarkdownOptions): DocumentFragment {
  const { text, math } = removeMath(source);
  const fragment = sanitise(marked.parse(text, { async: false }));
  putMathBack(fragment, math);
  for (const image of fragment.querySelectorAll('img')) resolveImage(image, options);
  return fragment;
}

const placeholder = /@@(\d+)@@/;

function putMathBack(fragment: DocumentFragment, math: readonly string[]): void {
  if (math.length === 0) return;
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) {
    if (walker.currentNode instanceof Text && placeholder.test(walker.currentNode.data))
      nodes.push(walker.currentNode);
  }
  for (const node of nodes) {
    const inCode = node.parentElement?.closest('code, pre') !== null && node.parentElement !== null;
    const parts = node.data.split(placeholder).map((part, index) => {
      const formula = index % 2 === 1 ? math[Number(part)] : undefined;
      if (formula === undefined) return index % 2 === 1 ? `@@${part}@@` : part;
      return inCode ? formula : mathElement(formula);
    });
    node.replaceWith(...parts);
  }
}

const display = /^(?:\$\$|\\\\?\[|\\begin)/;
const delimiters = /^(?:\$\$?|\\\\?[([])([\s\S]*?)(?:\$\$?|\\\\?[)\]])$/;

/** Shows the source until it is typeset. */
export function mathElement(formula: string): HTMLElement {
  const tex = delimiters.exec(formula)?.[1] ?? formula;
  const isDisplay = display.test(formula);
  return element('span', { 'data-math': isDisplay ? 'display' : 'inline', class: 'math' }, tex);
}

/** What lies in the notebook is shown; nothing is fetched for it. */
function resolveImage(image: HTMLImageElement, { attachments = {}, texts }: MarkdownOptions): void {
  const address = image.getAttribute('src') ?? '';
  if (address.startsWith('data:image/')) return;
  const bundle = address.startsWith('attachment:')
    ? attachments[decodeName(address.slice('attachment:'.length))]
    : undefined;
  const [type, content] = Object.entries(isRecord(bundle) ? bundle : {})[0] ?? [];
  if (type !== undefined && /^image\/[\w.+-]+$/.test(type)) {
    image.setAttribute('src', `data:${type};base64,${textOf(content).replaceAll(/\s/g, '')}`);
    return;
  }
  const named = image.alt === '' ? address : `${image.alt} (${address})`;
  image.replaceWith(element('span', { class: 'note' }, `${texts.imageOutside}: ${named}`));
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
