import { closeIcon } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { Texts } from './failure-text.ts';
import type { Transfer, Transfers } from './transfers.ts';

/** In the status bar: each transfer with how far it is, and a button that cancels it. */
export class TransfersItem extends Widget {
  readonly #transfers: Transfers;
  readonly #trans: Texts;
  readonly #rows = new Map<Transfer, HTMLElement>();

  constructor(transfers: Transfers, trans: Texts) {
    super();
    this.#transfers = transfers;
    this.#trans = trans;
    this.addClass('sr-Transfers');
    transfers.changed.connect(() => this.update());
  }

  protected override onUpdateRequest(_message: Message): void {
    const { running } = this.#transfers;
    for (const [transfer, row] of this.#rows) {
      if (running.includes(transfer)) continue;
      row.remove();
      this.#rows.delete(transfer);
    }
    for (const transfer of running) {
      const row = this.#rows.get(transfer) ?? this.#addRow(transfer);
      const bar = row.querySelector('progress');
      if (bar === null) continue;
      if (transfer.share === undefined) bar.removeAttribute('value');
      else bar.value = transfer.share;
    }
  }

  #addRow(transfer: Transfer): HTMLElement {
    const row = document.createElement('span');
    row.className = 'sr-Transfer';
    const label = document.createElement('span');
    label.className = 'sr-Transfer-label';
    label.textContent = transfer.label;
    const bar = document.createElement('progress');
    bar.setAttribute('aria-label', transfer.label);
    const button = document.createElement('button');
    button.type = 'button';
    button.title = this.#trans.__('Cancel: %1', transfer.label);
    button.setAttribute('aria-label', button.title);
    closeIcon.element({ container: button, width: '12px', height: '12px' });
    button.addEventListener('click', () => transfer.cancel());
    row.append(label, bar, button);
    this.#rows.set(transfer, row);
    this.node.append(row);
    return row;
  }
}
