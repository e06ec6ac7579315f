import { highlightInto } from '../code/highlight.ts';
import { element } from '../frame/element.ts';
import type { Texts } from '../frame/texts.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { Cell, Output } from '../notebook/notebook.ts';
import { type OutputContext, renderOutput } from '../outputs/render-output.ts';
import { textOutput } from '../outputs/text-output.ts';

export interface CellContext extends Omit<OutputContext, 'cellNumber'> {
  readonly language: string;
  /** From 0. */
  readonly cellIndex: number;
}

/** More of markdown is shown as it was written. */
const maximumMarkdownLength = 500_000;
const outputsAtOnce = 60;

/** A cell's content; its frame is there already. */
export function renderCell(cell: Cell, context: CellContext): HTMLElement {
  if (cell.kind === 'markdown') return renderText(cell, context.texts);
  if (cell.kind === 'raw') {
    return element('div', { class: 'raw' }, textOutput(cell.source, 'output', context.texts));
  }
  const outputContext = { ...context, cellNumber: context.cellIndex + 1 };
  return element(
    'div',
    { class: 'code-cell' },
    row('input', promptOf(cell.executionCount), codeBox(cell.source, context)),
    ...renderOutputs(cell.outputs, outputContext),
  );
}

function renderText(cell: Cell, texts: Texts): HTMLElement {
  if (cell.source.length > maximumMarkdownLength) return textOutput(cell.source, 'output', texts);
  const { attachments } = cell;
  const content = renderMarkdown(cell.source, { attachments, texts });
  const box = element('div', { class: 'markdown' }, content);
  for (const code of box.querySelectorAll<HTMLElement>('pre > code')) {
    const name = /\blanguage-(\S+)/.exec(code.className)?.[1];
    code.parentElement?.setAttribute('tabindex', '0');
    if (name !== undefined) highlightInto(code, code.textContent ?? '', name);
  }
  return box;
}

function codeBox(source: string, { language, texts }: CellContext): HTMLElement {
  if (source.length > 100_000) return textOutput(source, 'output', texts);
  const code = element('code');
  highlightInto(code, source, magicLanguage(source) ?? language);
  return element('pre', { class: 'source', tabindex: '0' }, code);
}

/** IPython's cell magics whose body is of another language. */
function magicLanguage(source: string): string | undefined {
  const name = /^%%(\w+)/.exec(source)?.[1];
  if (name === undefined) return undefined;
  const others = new Set([
    'bash',
    'sh',
    'html',
    'javascript',
    'js',
    'markdown',
    'latex',
    'r',
    'ruby',
  ]);
  return others.has(name.toLowerCase()) ? name : undefined;
}

function renderOutputs(outputs: readonly Output[], context: OutputContext): HTMLElement[] {
  const first = outputs.slice(0, outputsAtOnce).map((output) => outputRow(output, context));
  const rest = outputs.slice(outputsAtOnce);
  if (rest.length === 0) return first;
  const label = context.texts.showOutputs(rest.length);
  const button = element('button', { type: 'button', class: 'unfold more-outputs' }, label);
  button.addEventListener('click', () => button.replaceWith(...renderOutputs(rest, context)));
  return [...first, button];
}

function outputRow(output: Output, context: OutputContext): HTMLElement {
  const count = output.kind === 'data' ? output.executionCount : null;
  const content = element('div', { class: 'output-content' }, renderOutput(output, context));
  const made = row('output', count === null ? '' : `[${count}]:`, content);
  // What is wider than the page is scrolled, with the keyboard too.
  if (content.querySelector('iframe, img, button') === null) content.tabIndex = 0;
  return made;
}

function promptOf(count: number | null): string {
  return `[${count ?? ' '}]:`;
}

function row(kind: 'input' | 'output', prompt: string, content: HTMLElement): HTMLElement {
  return element(
    'div',
    { class: `row ${kind}` },
    element('div', { class: 'prompt' }, prompt),
    content,
  );
}
