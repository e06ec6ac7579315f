import { ReactWidget } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import { type ReactElement, Suspense } from 'react';

export interface OpenDialogOptions {
  readonly className: string;
  readonly titleId: string;
  readonly view: (close: () => void) => ReactElement;
  /** True while closing would not call back what goes on. */
  readonly isWorking: () => boolean;
  readonly onClose: () => void;
}

/**
 * Shows a dialog over everything. The browser's own modal dialog keeps the focus within, ends on Escape
 * and gives the focus back (HTML Standard, "The dialog element").
 */
export function openDialog(options: OpenDialogOptions): void {
  const { className, titleId, view: render, isWorking, onClose } = options;
  const node = document.createElement('dialog');
  node.className = `sr-ComputeDialog ${className}`;
  node.setAttribute('aria-labelledby', titleId);
  document.body.append(node);
  const view = ReactWidget.create(
    <Suspense fallback={null}>{render(() => node.close())}</Suspense>,
  );
  Widget.attach(view, node);
  node.addEventListener('cancel', (event) => {
    if (isWorking()) event.preventDefault();
  });
  node.addEventListener('close', () => {
    onClose();
    Widget.detach(view);
    view.dispose();
    node.remove();
  });
  node.showModal();
}
