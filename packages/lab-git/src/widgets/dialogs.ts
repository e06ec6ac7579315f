import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { shownName } from '../shown-name.ts';
import type { Texts } from '../texts.ts';

export interface Confirmation {
  readonly title: string;
  readonly body: string;
  /** What it is about, shown as a list. */
  readonly names?: readonly string[];
  readonly accept: string;
  /** Nothing is lost by it: then it is what Enter does. */
  readonly isHarmless?: boolean;
}

const shownNameCount = 8;

/** Asks before something is done or lost; the answer that loses nothing is the default. */
export async function confirm(confirmation: Confirmation, trans: Texts): Promise<boolean> {
  const { title, body, names = [], accept, isHarmless = false } = confirmation;
  const { button } = await showDialog({
    title,
    body: new Widget({ node: confirmationBody(body, names, trans) }),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      isHarmless ? Dialog.okButton({ label: accept }) : Dialog.warnButton({ label: accept }),
    ],
    defaultButton: isHarmless ? 1 : 0,
  });
  return button.accept;
}

function confirmationBody(body: string, names: readonly string[], trans: Texts): HTMLElement {
  const node = document.createElement('div');
  node.className = 'sr-GitDialog';
  node.append(textElement('p', body));
  if (names.length === 0) return node;
  const list = document.createElement('ul');
  list.append(...names.slice(0, shownNameCount).map((name) => textElement('li', shownName(name))));
  node.append(list);
  const hiddenCount = names.length - shownNameCount;
  if (hiddenCount > 0) node.append(textElement('p', trans.__('and %1 more', String(hiddenCount))));
  return node;
}

export interface Field {
  readonly label: string;
  readonly value: string;
  readonly type?: 'text' | 'email';
  readonly help?: string;
}

/** Asks for one or more lines; null where the person thinks better of it. */
export async function askFields(
  question: { readonly title: string; readonly fields: readonly Field[]; readonly accept: string },
  trans: Texts,
): Promise<readonly string[] | null> {
  const { button, value } = await showDialog<readonly string[]>({
    title: question.title,
    body: new FieldsBody(question.fields),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: question.accept }),
    ],
    focusNodeSelector: 'input',
  });
  return button.accept ? value : null;
}

class FieldsBody extends Widget implements Dialog.IBodyWidget<readonly string[]> {
  readonly #inputs: HTMLInputElement[] = [];

  constructor(fields: readonly Field[]) {
    super();
    this.addClass('sr-GitDialog');
    for (const { label, value, type = 'text', help } of fields) {
      const row = document.createElement('label');
      const input = document.createElement('input');
      input.type = type;
      input.value = value;
      input.className = 'jp-mod-styled';
      input.spellcheck = false;
      input.required = true;
      // Of blanks alone nothing is left.
      input.pattern = '.*\\S.*';
      this.#inputs.push(input);
      row.append(textElement('span', label), input);
      if (help !== undefined) row.append(textElement('small', help));
      this.node.append(row);
    }
  }

  /** Lab looks for fields that are not valid once one is typed into; an empty one is not from the start. */
  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    requestAnimationFrame(() =>
      this.#inputs[0]?.dispatchEvent(new Event('input', { bubbles: true })),
    );
  }

  getValue(): readonly string[] {
    return this.#inputs.map(({ value }) => value.trim());
  }
}

function textElement(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
