import type { Parser } from '@lezer/common';
import { classHighlighter, highlightCode } from '@lezer/highlight';
import { parser as python } from '@lezer/python';
import { element } from '../frame/element.ts';
import { loadParser } from './languages.ts';

/** More is shown without colours: a parser of everything would hold the page up. */
const maximumLength = 200_000;
const parsers = new Map<string, Parser>([
  ['python', python],
  ['ipython', python],
  ['python3', python],
  ['py', python],
]);

/** Fills `target` with source in colours; where the language comes later, without them until then. */
export function highlightInto(target: HTMLElement, source: string, language: string): void {
  const name = language.toLowerCase();
  const parser = parsers.get(name);
  if (source.length > maximumLength) {
    target.textContent = source;
    return;
  }
  if (parser !== undefined) {
    target.replaceChildren(highlight(source, parser));
    return;
  }
  target.textContent = source;
  void loadParser(name).then((loaded) => {
    if (loaded === undefined) return;
    parsers.set(name, loaded);
    target.replaceChildren(highlight(source, loaded));
  });
}

function highlight(source: string, parser: Parser): DocumentFragment {
  const fragment = document.createDocumentFragment();
  highlightCode(
    source,
    parser.parse(source),
    classHighlighter,
    (text, classes) => {
      fragment.append(classes === '' ? text : element('span', { class: classes }, text));
    },
    () => fragment.append('\n'),
  );
  return fragment;
}
