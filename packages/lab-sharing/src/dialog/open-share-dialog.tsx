import { ReactWidget } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import { lazy, Suspense } from 'react';
import type { DialogContext } from './dialog-context.ts';

// What the dialog shows is not part of Lab's first page.
const ShareDialogView = lazy(async () => {
  const { ShareDialogView: view } = await import('./ShareDialogView.tsx');
  return { default: view };
});

/**
 * Shows the dialog over everything. The browser's own modal dialog keeps the focus within, ends on Escape
 * and gives the focus back (HTML Standard, "The dialog element").
 */
export function openShareDialog(context: Omit<DialogContext, 'close'>): void {
  const node = document.createElement('dialog');
  node.className = 'sr-Share';
  node.setAttribute('aria-labelledby', 'strongroom-share-title');
  document.body.append(node);
  const close = () => node.close();
  const { goToCell } = context;
  const view = ReactWidget.create(
    <Suspense fallback={null}>
      <ShareDialogView
        context={{
          ...{ ...context, close },
          goToCell: (finding) => {
            close();
            goToCell(finding);
          },
        }}
      />
    </Suspense>,
  );
  Widget.attach(view, node);
  node.addEventListener('cancel', (event) => {
    // What is being shared cannot be called back by closing.
    if (context.model.isSharing) event.preventDefault();
  });
  node.addEventListener('close', () => {
    context.model.close();
    Widget.detach(view);
    view.dispose();
    node.remove();
  });
  node.showModal();
  void context.model.open();
}
