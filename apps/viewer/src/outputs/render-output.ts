import { element } from '../frame/element.ts';
import type { Texts } from '../frame/texts.ts';
import { mathElement, renderMarkdown } from '../markdown/render-markdown.ts';
import { sanitise } from '../markdown/sanitise.ts';
import { textOf } from '../notebook/json-values.ts';
import type { MimeBundle, Output } from '../notebook/notebook.ts';
import { type WidgetState, widgetClosure } from '../notebook/widget-state.ts';
import { choosePresentation } from './choose-mime-type.ts';
import { jsonTree } from './json-tree.ts';
import { judgeHtml } from './judge-html.ts';
import type { OutputFrames } from './output-frame.ts';
import { textOutput } from './text-output.ts';

export interface OutputContext {
  readonly texts: Texts;
  readonly frames: OutputFrames;
  readonly widgets: WidgetState;
  /** From 1. */
  readonly cellNumber: number;
}

/** What is larger is shown where somebody asks. */
const largeBytes = 3_000_000;

export function renderOutput(output: Output, context: OutputContext): HTMLElement {
  const { texts } = context;
  if (output.kind === 'stream')
    return textOutput(output.text, output.name === 'stderr' ? 'stderr' : 'output', texts);
  if (output.kind === 'error') return textOutput(output.text, 'error', texts);
  return renderData(output.data, context);
}

function renderData(data: MimeBundle, context: OutputContext): HTMLElement {
  const { texts, frames, widgets, cellNumber } = context;
  const presentation = choosePresentation(data, (id) => Object.hasOwn(widgets, id));
  const title = texts.outputOf(cellNumber);
  switch (presentation.kind) {
    case 'widget': {
      const { modelId } = presentation;
      return frames.add({ kind: 'widget', modelId, state: widgetClosure(widgets, modelId) }, title);
    }
    case 'vega': {
      const mode = presentation.type.includes('vegalite') ? 'vega-lite' : 'vega';
      return frames.add({ kind: 'vega', mode, specification: data[presentation.type] }, title);
    }
    case 'html':
      return renderHtml(textOf(data['text/html']), context);
    case 'markdown':
      return element(
        'div',
        { class: 'markdown' },
        renderMarkdown(textOf(data['text/markdown']), { texts }),
      );
    case 'latex':
      return element('div', { class: 'latex' }, mathElement(trimmed(data['text/latex'])));
    case 'image':
      return renderImage(presentation.type, data, context);
    case 'javascript':
      return frames.add({ kind: 'javascript', source: textOf(data[presentation.type]) }, title);
    case 'json':
      return element('div', { class: 'json-output' }, jsonTree(data[presentation.type], texts));
    case 'text':
      return withNotes(data, textOutput(textOf(data['text/plain']), 'output', texts), texts);
    case 'nothing':
      return element('p', { class: 'note' }, noteOn(presentation.types, texts));
  }
}

function trimmed(value: unknown): string {
  return textOf(value).trim();
}

function renderHtml(source: string, context: OutputContext): HTMLElement {
  const { texts, frames, cellNumber } = context;
  const { isStatic, html } = judgeHtml(source);
  if (isStatic) {
    const box = element('div', { class: 'html-output' }, sanitise(html));
    for (const image of box.querySelectorAll('img')) {
      if (image.getAttribute('src')?.startsWith('data:image/')) continue;
      image.replaceWith(element('span', { class: 'note' }, `${texts.imageOutside} ${image.alt}`));
    }
    return box;
  }
  const show = () => frames.add({ kind: 'html', html }, texts.outputOf(cellNumber));
  if (html.length < largeBytes) return show();
  const size = (html.length / 1e6).toFixed(0);
  const button = element('button', { type: 'button', class: 'unfold' }, texts.showLarge(size));
  button.addEventListener('click', () => button.replaceWith(show()));
  return button;
}

function renderImage(type: string, data: MimeBundle, { texts }: OutputContext): HTMLElement {
  const content = textOf(data[type]);
  const alternative = trimmed(data['text/plain']).slice(0, 200) || texts.image;
  const image = element('img', { class: 'image-output', alt: alternative, decoding: 'async' });
  // As an image a drawing runs no script and fetches nothing.
  image.src =
    type === 'image/svg+xml'
      ? `data:image/svg+xml;charset=utf-8,${encodeURIComponent(content)}`
      : `data:${type};base64,${content.replaceAll(/\s/g, '')}`;
  return image;
}

/** What could have been shown in another place and was left out here. */
function withNotes(data: MimeBundle, shown: HTMLElement, texts: Texts): HTMLElement {
  const others = Object.keys(data).filter((type) => type !== 'text/plain');
  if (others.length === 0) return shown;
  return element('div', {}, shown, element('p', { class: 'note' }, noteOn(others, texts)));
}

function noteOn(types: readonly string[], texts: Texts): string {
  if (types.includes('application/vnd.jupyter.widget-view+json')) return texts.widgetNotSaved;
  return texts.noFormat(types.join(', ').slice(0, 300));
}
