import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { lazy, type ReactElement, Suspense } from 'react';
import { jobsIcon } from '../icons.ts';
import type { JobsPanelContext } from './panel-context.ts';

// What the panel shows is not part of Lab's first page.
const JobsView = lazy(async () => {
  const { JobsView: view } = await import('./JobsView.tsx');
  return { default: view };
});

const pollMilliseconds = 3_000;
/** Schedules start jobs by themselves. */
const calmTicks = 10;

/** The sidebar panel. It asks while it is seen: often while something runs, seldom otherwise. */
export class JobsPanel extends ReactWidget {
  readonly #context: JobsPanelContext;
  #timer: ReturnType<typeof setInterval> | undefined;
  #tick = 0;

  constructor(context: JobsPanelContext) {
    super();
    this.#context = context;
    this.id = 'strongroom-jobs';
    this.addClass('sr-Jobs');
    this.title.icon = jobsIcon;
    this.title.caption = context.trans.__('Jobs');
  }

  override dispose(): void {
    clearInterval(this.#timer);
    super.dispose();
  }

  protected render(): ReactElement {
    return (
      <Suspense fallback={null}>
        <JobsView context={this.#context} />
      </Suspense>
    );
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    const { model } = this.#context;
    void model.refresh();
    this.#timer ??= setInterval(() => {
      this.#tick += 1;
      if (document.hidden || (!model.isAnyRunning && this.#tick % calmTicks !== 0)) return;
      void model.refresh();
    }, pollMilliseconds);
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
