import { CommandToolbarButton, Toolbar } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { Message } from '@lumino/messaging';
import { PanelLayout, Widget } from '@lumino/widgets';
import { BucketsList, type BucketsListOptions } from './buckets-list.ts';
import type { BucketsModel } from './buckets-model.ts';
import type { Texts } from './failure-text.ts';
import { bucketIcon } from './icons.ts';
import { crumbsOf, type Place } from './place.ts';

export interface BucketsPanelOptions extends BucketsListOptions {
  readonly commands: CommandRegistry;
  /** Of the toolbar, in this order. */
  readonly toolbarCommands: readonly string[];
  readonly describeFailure: (error: unknown) => string;
}

const filterDelayMilliseconds = 250;

/** The sidebar panel: toolbar, way, filter, rows, and what there is to say of them. */
export class BucketsPanel extends Widget {
  readonly list: BucketsList;
  readonly #options: BucketsPanelOptions;
  readonly #way = document.createElement('nav');
  readonly #filter = document.createElement('input');
  readonly #message = document.createElement('p');
  readonly #more = document.createElement('button');

  constructor(options: BucketsPanelOptions) {
    super();
    this.#options = options;
    const { trans, model } = options;
    this.id = 'strongroom-buckets';
    this.addClass('sr-Buckets');
    this.title.icon = bucketIcon;
    this.title.caption = trans.__('Buckets');
    this.list = new BucketsList(options);
    const layout = new PanelLayout();
    layout.addWidget(this.#toolbar());
    layout.addWidget(new Widget({ node: this.#head() }));
    layout.addWidget(this.list);
    layout.addWidget(new Widget({ node: this.#foot() }));
    this.layout = layout;
    model.changed.connect(() => this.update());
    this.update();
  }

  protected override onAfterShow(_message: Message): void {
    void this.#options.model.refresh();
  }

  protected override onActivateRequest(_message: Message): void {
    if (this.list.focus()) return;
    // The first answer brings the first row.
    this.#filter.focus();
    void this.#options.model.refresh().then(() => {
      if (this.#filter.value === '') this.list.focus();
    });
  }

  protected override onUpdateRequest(_message: Message): void {
    const { model, commands, toolbarCommands } = this.#options;
    this.#renderWay(model.place);
    if (this.#filter.value !== model.filter && document.activeElement !== this.#filter) {
      this.#filter.value = model.filter;
    }
    const text = this.#messageText();
    if (this.#message.textContent !== text) this.#message.textContent = text;
    this.#message.hidden = text === '';
    this.#message.dataset.state = model.state.kind;
    this.#more.hidden = !model.hasMore;
    this.#more.disabled = model.state.kind === 'loading';
    for (const command of toolbarCommands) commands.notifyCommandChanged(command);
  }

  #toolbar(): Toolbar {
    const { commands, toolbarCommands, trans } = this.#options;
    const toolbar = new Toolbar();
    toolbar.node.setAttribute('aria-label', trans.__('Buckets'));
    for (const id of toolbarCommands) {
      toolbar.addItem(id, new CommandToolbarButton({ commands, id, label: '' }));
    }
    return toolbar;
  }

  #head(): HTMLElement {
    const { trans, model } = this.#options;
    const head = document.createElement('div');
    head.className = 'sr-Buckets-head';
    this.#way.className = 'sr-Buckets-way';
    this.#way.setAttribute('aria-label', trans.__('Where this is'));
    this.#filter.type = 'search';
    this.#filter.className = 'jp-mod-styled';
    this.#filter.placeholder = trans.__('Names that begin with …');
    this.#filter.setAttribute('aria-label', trans.__('Names that begin with …'));
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.#filter.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => void model.setFilter(this.#filter.value), filterDelayMilliseconds);
    });
    head.append(this.#way, this.#filter);
    return head;
  }

  #foot(): HTMLElement {
    const { trans, model } = this.#options;
    const foot = document.createElement('div');
    foot.className = 'sr-Buckets-foot';
    this.#message.setAttribute('role', 'status');
    this.#more.type = 'button';
    this.#more.className = 'jp-mod-styled';
    this.#more.textContent = trans.__('Load more');
    this.#more.addEventListener('click', () => void model.loadMore());
    foot.append(this.#more, this.#message);
    return foot;
  }

  #renderWay(place: Place): void {
    const { trans, model } = this.#options;
    const crumbs = [{ label: trans.__('Buckets'), place: null }, ...crumbsOf(place)];
    const buttons = crumbs.map(({ label, place: to }, index) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = label === '' ? '/' : label;
      if (index === crumbs.length - 1) button.setAttribute('aria-current', 'location');
      button.addEventListener('click', () => void model.open(to));
      return button;
    });
    const shown = buttons.map(({ textContent }) => textContent).join('/');
    // Rendered anew only where it differs, so that a click and the focus are not lost.
    if (this.#way.dataset.shown === shown) return;
    this.#way.dataset.shown = shown;
    this.#way.replaceChildren(...buttons);
  }

  #messageText(): string {
    const { model, trans, describeFailure } = this.#options;
    const { state, place, entries, filter } = model;
    if (state.kind === 'failed') return describeFailure(state.error);
    if (entries.length > 0) return '';
    if (state.kind === 'loading') return trans.__('Loading …');
    if (filter !== '') return trans.__('No name begins with “%1”.', filter);
    return place === null ? noBuckets(trans) : emptyFolder(trans, model);
  }
}

function noBuckets(trans: Texts): string {
  return trans.__(
    'Your notebooks may use no bucket yet. An administrator gives access in the domain file.',
  );
}

function emptyFolder(trans: Texts, { rights }: BucketsModel): string {
  if (!rights.mayWrite) return trans.__('Nothing is stored here.');
  return trans.__(
    'Nothing is stored here. Drag files here from the file browser, or choose them there and click “Upload from Home”.',
  );
}
