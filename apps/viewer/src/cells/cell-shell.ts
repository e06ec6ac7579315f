import { element } from '../frame/element.ts';
import type { Texts } from '../frame/texts.ts';
import type { Cell } from '../notebook/notebook.ts';

const labels = { code: 'codeCell', markdown: 'markdownCell', raw: 'rawCell' } as const;

/** What stands around each cell: its place in the page, and the button for comments. */
export class CellShell {
  readonly element: HTMLElement;
  readonly #button: HTMLButtonElement | undefined;
  readonly #kind: Cell['kind'];
  readonly #number: number;

  constructor(options: {
    kind: Cell['kind'];
    cellIndex: number;
    onComment: (() => void) | undefined;
  }) {
    this.#kind = options.kind;
    this.#number = options.cellIndex + 1;
    this.element = element('article', {
      class: `cell cell-${options.kind}`,
      'data-cell': String(options.cellIndex),
      tabindex: '-1',
    });
    if (options.onComment === undefined) return;
    this.#button = element('button', { type: 'button', class: 'comment-button' });
    this.#button.addEventListener('click', options.onComment);
    this.element.append(this.#button);
  }

  fill(content: HTMLElement): void {
    this.element.append(content);
  }

  describe(texts: Texts, commentCount: number): void {
    this.element.setAttribute('aria-label', texts[labels[this.#kind]](this.#number));
    if (this.#button === undefined) return;
    const label =
      commentCount > 0
        ? texts.openComments(this.#number, commentCount)
        : texts.comment(this.#number);
    this.#button.setAttribute('aria-label', label);
    this.#button.title = label;
    this.#button.classList.toggle('has-comments', commentCount > 0);
    this.#button.textContent = commentCount > 0 ? String(commentCount) : '';
  }
}
