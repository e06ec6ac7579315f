import type { ConnectionMessage } from './connection-message.ts';

export type ConnectionAnswer = 'close' | 'console' | 'try';

export interface ConnectionDialogOptions {
  readonly message: ConnectionMessage;
  readonly labels: Readonly<Record<ConnectionAnswer, string>>;
  /** What `message.reference` is preceded by. */
  readonly referenceLabel: string;
  readonly onAnswer: (answer: ConnectionAnswer) => void;
}

/**
 * Shows the message over everything else. A native modal dialog, not Lab's: those queue, and the
 * errors that each failed request raises would stand before the one that explains them.
 * Returns what closes it.
 */
export function openConnectionDialog(options: ConnectionDialogOptions): () => void {
  const { message, labels, onAnswer } = options;
  const dialog = document.createElement('dialog');
  dialog.className = 'sr-ConnectionDialog';
  const title = element('h1', message.title);
  title.id = 'sr-connection-title';
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.append(title, messageBody(options), buttonRow(message, labels));
  dialog.addEventListener('close', () => {
    dialog.remove();
    onAnswer(toAnswer(dialog.returnValue));
  });
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.remove();
}

function messageBody({ message, referenceLabel }: ConnectionDialogOptions): HTMLElement {
  const body = document.createElement('div');
  body.className = 'sr-DialogText';
  body.append(...message.paragraphs.map((paragraph) => element('p', paragraph)));
  if (message.reference !== '') {
    const reference = element('p', `${referenceLabel} `);
    reference.append(element('code', message.reference));
    body.append(reference);
  }
  return body;
}

/** A form of this method closes its dialog with the value of the button that sent it. */
function buttonRow(
  { offersConsole }: ConnectionMessage,
  labels: ConnectionDialogOptions['labels'],
): HTMLElement {
  const form = document.createElement('form');
  form.method = 'dialog';
  const answers: ConnectionAnswer[] = offersConsole
    ? ['close', 'console', 'try']
    : ['close', 'try'];
  for (const answer of answers) {
    const button = document.createElement('button');
    button.value = answer;
    button.textContent = labels[answer];
    button.autofocus = answer === answers.at(-1);
    form.append(button);
  }
  return form;
}

function toAnswer(returnValue: string): ConnectionAnswer {
  return returnValue === 'console' || returnValue === 'try' ? returnValue : 'close';
}

function element(tag: string, text: string): HTMLElement {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}
