import { type ISignal, Signal } from '@lumino/signaling';
import type { ShareSummary } from '@strongroom/contracts';
import type { ShareApi } from '../api/share-api.ts';

export type SharesList = 'mine' | 'with-me';

/** What the panel shows of one list. */
export interface ListState {
  /** Of the last answer; null before the first. */
  readonly shares: readonly ShareSummary[] | null;
  readonly isLoading: boolean;
  /** Undefined where the last question was answered. */
  readonly error: unknown;
}

const nothing: ListState = { shares: null, isLoading: false, error: undefined };

/** The person's shares, by this person and with this person. */
export class SharesModel {
  readonly #api: Pick<ShareApi, 'list'>;
  readonly #changed = new Signal<this, void>(this);
  #lists: Readonly<Record<SharesList, ListState>> = { mine: nothing, 'with-me': nothing };
  #shown: SharesList = 'mine';
  /** Counts what is asked, so that a late answer to an older question is passed over. */
  #askedCount = 0;

  constructor(api: Pick<ShareApi, 'list'>) {
    this.#api = api;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get shown(): SharesList {
    return this.#shown;
  }

  list(name: SharesList): ListState {
    return this.#lists[name];
  }

  show(name: SharesList): Promise<void> {
    this.#shown = name;
    return this.refresh();
  }

  /** Of the list that is shown. What it had stays while it is asked again. */
  async refresh(): Promise<void> {
    const name = this.#shown;
    this.#askedCount += 1;
    const asked = this.#askedCount;
    this.#set(name, { isLoading: true });
    try {
      const shares = await this.#api.list(name);
      if (asked === this.#askedCount)
        this.#set(name, { shares, isLoading: false, error: undefined });
    } catch (error) {
      if (asked === this.#askedCount) this.#set(name, { isLoading: false, error });
    }
  }

  /** A share that an answer has told of: in place of what was known of it, or as the newest. */
  take(share: ShareSummary): void {
    const shares = this.#lists.mine.shares ?? [];
    const isKnown = shares.some(({ shareId }) => shareId === share.shareId);
    const next = isKnown
      ? shares.map((each) => (each.shareId === share.shareId ? share : each))
      : [share, ...shares];
    this.#set('mine', { shares: next });
  }

  #set(name: SharesList, state: Partial<ListState>): void {
    this.#lists = { ...this.#lists, [name]: { ...this.#lists[name], ...state } };
    this.#changed.emit();
  }
}
