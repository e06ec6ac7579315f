import type { ToViewer } from '@strongroom/contracts';
import { Find } from '../find/find.ts';
import type { Notebook } from '../notebook/notebook.ts';
import { NotebookError, readNotebook } from '../notebook/read-notebook.ts';
import { element } from './element.ts';
import { NotebookView } from './notebook-view.ts';
import { Page } from './page.ts';
import { type Language, texts } from './texts.ts';

/** An output that never says how high it is does not keep the others from being printed. */
const printWaitMilliseconds = 3_000;
const hiddenTabMilliseconds = 1_000;

const origin =
  document.querySelector<HTMLMetaElement>('meta[name="console-origin"]')?.content ?? '';
const page = new Page(origin);
const root = element('main', { id: 'notebook' });
document.body.append(root);
const find = new Find(root);
let view: NotebookView | undefined;
const readNothing = () => readNotebook(undefined);
let prepared: () => Notebook = readNothing;

page.listen(receive);
new ResizeObserver(() => {
  page.say({ type: 'height', pixels: Math.min(root.scrollHeight, 10_000_000) });
}).observe(root);
document.addEventListener('click', followFragment);
// Ctrl+P in the frame itself.
window.addEventListener('beforeprint', () => view?.renderAll());
// The page's own field finds in what is not laid out yet, too.
window.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key !== 'f') return;
  event.preventDefault();
  page.say({ type: 'find-asked' });
});
page.say({ type: 'ready' });

function receive(message: ToViewer): void {
  switch (message.type) {
    case 'prepare':
      prepare(message.notebook);
      break;
    case 'render':
      render(message);
      break;
    case 'theme':
      setTheme(message.theme);
      break;
    case 'language':
      setLanguage(message.language);
      view?.setLanguage(message.language);
      break;
    case 'comments':
      view?.setComments(toMap(message.commentCounts));
      break;
    case 'scroll-to-cell':
      view?.scrollToCell(message.cellIndex);
      break;
    case 'scroll-to-heading':
      view?.scrollToHeading(message.headingId);
      break;
    case 'find':
      // Nothing is looked for in cells that wait: the first ones may not be painted yet.
      if (message.text !== '') view?.renderAll();
      page.say({ type: 'found', ...find.search(message.text) });
      break;
    case 'find-next':
      page.say({ type: 'found', ...find.next(message.direction) });
      break;
    case 'print':
      void print();
  }
}

/** What fails is told when it is to be shown. */
function prepare(stored: unknown): void {
  try {
    const notebook = readNotebook(stored);
    prepared = () => notebook;
  } catch (error) {
    prepared = () => {
      throw error;
    };
  }
}

function render(message: Extract<ToViewer, { type: 'render' }>): void {
  const { language, theme, commentCounts, mayComment } = message;
  setLanguage(language);
  view?.close();
  view = undefined;
  try {
    const notebook = message.notebook === undefined ? prepared() : readNotebook(message.notebook);
    prepared = readNothing;
    const onComment = mayComment
      ? (cellIndex: number) => page.say({ type: 'comment', cellIndex })
      : undefined;
    view = new NotebookView(root, {
      ...{ notebook, language, onComment },
      commentCounts: toMap(commentCounts),
    });
    setTheme(theme);
    view.renderFirst();
  } catch (error) {
    fail(error, language);
    return;
  }
  const shown = view;
  void nextPaint().then(() => {
    if (shown !== view) return;
    page.say({ type: 'painted' });
    shown.renderRest();
  });
  void view.whenRendered().then((outline) => {
    if (shown === view) page.say({ type: 'rendered', outline });
  });
}

/** In a tab that nobody looks at there is none; the rest is rendered all the same. */
function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, hiddenTabMilliseconds);
  });
}

function fail(error: unknown, language: Language): void {
  const code = error instanceof NotebookError ? error.code : 'Internal';
  const { notANotebook, unknownFormat } = texts[language];
  const text = code === 'UnknownFormat' ? unknownFormat : notANotebook;
  root.replaceChildren(element('p', { class: 'note', role: 'alert' }, text));
  page.say({ type: 'failed', reason: code });
}

async function print(): Promise<void> {
  const waited = new Promise((resolve) => setTimeout(resolve, printWaitMilliseconds));
  view?.setTheme('light');
  await Promise.race([view?.prepareToPrint(), waited]);
  window.print();
  view?.setTheme(document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');
}

function setTheme(theme: 'light' | 'dark'): void {
  document.documentElement.dataset.theme = theme;
  view?.setTheme(theme);
}

function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.title = texts[language].notebook;
  root.setAttribute('aria-label', texts[language].notebook);
}

/** A link within the notebook; others open in a tab of their own or are none. */
function followFragment(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.target === '_blank') return;
  event.preventDefault();
  const href = link.getAttribute('href') ?? '';
  if (href.startsWith('#')) view?.followFragment(decode(href.slice(1)));
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function toMap(counts: readonly { cellIndex: number; count: number }[]) {
  return new Map(counts.map(({ cellIndex, count }) => [cellIndex, count]));
}
