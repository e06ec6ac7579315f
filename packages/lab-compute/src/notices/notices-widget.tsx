import { ReactWidget } from '@jupyterlab/ui-components';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { ReactElement } from 'react';
import type { NotebookCompute } from '../model/notebook-compute.ts';
import type { ViewContext } from '../view-context.ts';
import { NoticeBar } from './NoticeBar.tsx';

/** The notices above a notebook's cells, as high as what they say: Lab's layout must be told. */
export class NoticesWidget extends ReactWidget {
  readonly #notebook: NotebookCompute;
  readonly #context: ViewContext;
  readonly #sizes = new ResizeObserver((entries) => {
    for (const { contentRect } of entries) this.#fit(Math.ceil(contentRect.height));
  });

  constructor(notebook: NotebookCompute, context: ViewContext) {
    super();
    this.#notebook = notebook;
    this.#context = context;
    this.addClass('sr-Compute-notices');
  }

  override dispose(): void {
    this.#sizes.disconnect();
    super.dispose();
  }

  protected render(): ReactElement {
    return (
      <div ref={(element) => this.#observe(element)}>
        <NoticeBar notebook={this.#notebook} context={this.#context} />
      </div>
    );
  }

  #observe(element: HTMLElement | null): void {
    this.#sizes.disconnect();
    if (element !== null) this.#sizes.observe(element);
  }

  #fit(height: number): void {
    const minimum = `${height}px`;
    if (this.isDisposed || this.node.style.minHeight === minimum) return;
    this.node.style.minHeight = minimum;
    if (this.parent !== null) MessageLoop.postMessage(this.parent, Widget.Msg.FitRequest);
  }
}
