import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { lazy, type ReactElement, Suspense } from 'react';
import { shareNotebookIcon } from '../icons.ts';
import type { PanelContext } from './panel-context.ts';

// What the panel shows is not part of Lab's first page.
const SharesView = lazy(async () => {
  const { SharesView: view } = await import('./SharesView.tsx');
  return { default: view };
});

/** The sidebar panel. It asks anew whenever it is shown, or the window is come back to. */
export class SharesPanel extends ReactWidget {
  readonly #context: PanelContext;
  readonly #onFocus = () => {
    if (this.isVisible) void this.#context.model.refresh();
  };

  constructor(context: PanelContext) {
    super();
    this.#context = context;
    this.id = 'strongroom-shares';
    this.addClass('sr-Shares');
    this.title.icon = shareNotebookIcon;
    this.title.caption = context.trans.__('Shares');
    window.addEventListener('focus', this.#onFocus);
  }

  override dispose(): void {
    window.removeEventListener('focus', this.#onFocus);
    super.dispose();
  }

  protected render(): ReactElement {
    return (
      <Suspense fallback={null}>
        <SharesView context={this.#context} />
      </Suspense>
    );
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    void this.#context.model.refresh();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    if (this.node.contains(document.activeElement)) return;
    this.node.querySelector<HTMLElement>('[role="tab"][tabindex="0"]')?.focus();
  }
}
