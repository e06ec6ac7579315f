import { isRecord } from '../notebook/json-values.ts';
import { closeWaysOut, passHarmlessHtml } from './close-ways-out.ts';
import type { OutputContent, ShowMessage } from './content.ts';

/**
 * The document of one output. Everything in it is somebody else's, this program too once their code has
 * begun: it keeps nothing, and what it says is a wish.
 */
const target = document.createElement('div');
target.id = 'output';
document.body.append(target);
let isShown = false;

window.addEventListener('message', ({ source, data }) => {
  if (source !== window.parent || !isRecord(data)) return;
  if (data.type === 'theme') setTheme(data.theme);
  if (data.type !== 'show' || isShown) return;
  isShown = true;
  const { content, theme } = data as unknown as ShowMessage;
  setTheme(theme);
  void prepare(content)
    .then(() => show(content))
    .catch((error: unknown) => {
      target.textContent = error instanceof Error ? error.message : String(error);
    })
    .finally(tellHeight);
});
new ResizeObserver(tellHeight).observe(document.documentElement);
new ResizeObserver(tellHeight).observe(target);
window.parent.postMessage({ type: 'ready' }, '*');

function tellHeight(): void {
  if (!isShown) return;
  const pixels = Math.max(document.body?.scrollHeight ?? 0, target.scrollHeight);
  window.parent.postMessage({ type: 'height', pixels }, '*');
}

function setTheme(theme: unknown): void {
  document.documentElement.dataset.theme = theme === 'dark' ? 'dark' : 'light';
}

/** Our own programs are loaded while there are links; after that there are none for anybody. */
async function prepare({ kind }: OutputContent): Promise<void> {
  passHarmlessHtml();
  if (kind === 'vega') await import('./vega.ts');
  if (kind === 'widget') {
    const { loadStyles } = await import('./widgets.ts');
    await loadStyles();
  }
  await inlineStyles();
  closeWaysOut();
}

/** A stylesheet goes with the link that brought it. */
async function inlineStyles(): Promise<void> {
  for (const sheet of [...document.styleSheets]) {
    if (!(sheet.ownerNode instanceof HTMLLinkElement)) continue;
    const style = document.createElement('style');
    style.textContent = [...sheet.cssRules].map(({ cssText }) => cssText).join('\n');
    document.head.append(style);
  }
}

async function show(content: OutputContent): Promise<void> {
  switch (content.kind) {
    case 'html':
      // Scripts of a contextual fragment run when it is put into the document, in their order.
      target.append(document.createRange().createContextualFragment(content.html));
      return;
    case 'javascript':
      // As in JupyterLab: the code finds where it may draw under this name.
      new Function('element', content.source)(target);
      return;
    case 'vega': {
      const { showVega } = await import('./vega.ts');
      return showVega(target, content);
    }
    case 'widget': {
      const { showWidget } = await import('./widgets.ts');
      return showWidget(target, content);
    }
  }
}
