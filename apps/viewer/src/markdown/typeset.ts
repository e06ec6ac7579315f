import { element } from '../frame/element.ts';
import type { Texts } from '../frame/texts.ts';

/** Typesets what waits below `root`. MathJax is fetched when the first formula is met. */
export async function typeset(root: ParentNode, texts: Texts): Promise<void> {
  const waiting = [...root.querySelectorAll<HTMLElement>('[data-math]')];
  if (waiting.length === 0) return;
  const { convertFormula } = await import('./mathjax.ts');
  for (const each of waiting) {
    const isDisplay = each.dataset.math === 'display';
    delete each.dataset.math;
    const source = each.textContent ?? '';
    try {
      each.replaceChildren(convertFormula(source, isDisplay));
    } catch {
      each.replaceChildren(element('code', { title: texts.mathFailed }, source));
    }
    each.classList.toggle('math-display', isDisplay);
  }
}
