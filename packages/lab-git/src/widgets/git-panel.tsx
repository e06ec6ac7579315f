import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { lazy, Suspense } from 'react';
import { gitIcon } from '../icons.ts';
import type { PanelContext } from '../panel/panel-context.ts';

// What the panel shows is not part of Lab's first page.
const GitPanelView = lazy(async () => {
  const { GitPanelView: view } = await import('../panel/GitPanelView.tsx');
  return { default: view };
});

const refreshMilliseconds = 10_000;

/** The sidebar panel. While it is shown, it sees what changes without being told. */
export class GitPanel extends ReactWidget {
  readonly #context: PanelContext;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(context: PanelContext) {
    super();
    this.#context = context;
    this.id = 'strongroom-git';
    this.addClass('sr-Git');
    this.title.icon = gitIcon;
    this.title.caption = context.trans.__('Git');
  }

  protected render(): React.ReactElement {
    return (
      <Suspense fallback={null}>
        <GitPanelView context={this.#context} />
      </Suspense>
    );
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    const { model } = this.#context;
    void model.findRoots();
    void model.refresh();
    this.#timer ??= setInterval(() => {
      if (document.visibilityState === 'visible') void model.refresh();
    }, refreshMilliseconds);
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    const first = this.node.querySelector<HTMLElement>(
      '[data-row][tabindex="0"], [role="tab"][tabindex="0"], input, button',
    );
    if (!this.node.contains(document.activeElement)) first?.focus();
  }
}
