import { type ISignal, Signal } from '@lumino/signaling';
import type { StudioBucket, StudioFolder } from '@strongroom/contracts';
import type { BucketApi } from './bucket-api.ts';
import { type Entry, idOf, isStored, noRights, type StoredEntry } from './entry.ts';
import { lastName, type Place } from './place.ts';

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What the panel shows: a place, what is in it as far as it was asked for, and what is chosen. */
export class BucketsModel {
  readonly #api: Pick<BucketApi, 'listBuckets' | 'listFolder'>;
  readonly #changed = new Signal<this, void>(this);
  #buckets: readonly StudioBucket[] = [];
  #place: Place = null;
  #filter = '';
  #entries: readonly Entry[] = [];
  #continuationToken: string | null = null;
  #state: State = { kind: 'loading' };
  #chosenIds: ReadonlySet<string> = new Set();
  /** Counts what is asked for, so that a late answer to an older question is passed over. */
  #askedCount = 0;

  constructor(api: Pick<BucketApi, 'listBuckets' | 'listFolder'>) {
    this.#api = api;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get place(): Place {
    return this.#place;
  }

  get filter(): string {
    return this.#filter;
  }

  get state(): State {
    return this.#state;
  }

  get hasMore(): boolean {
    return this.#continuationToken !== null;
  }

  get buckets(): readonly StudioBucket[] {
    return this.#buckets;
  }

  get entries(): readonly Entry[] {
    if (this.#place !== null) return this.#entries;
    return this.#entries.filter(({ name }) => name.startsWith(this.#filter));
  }

  get chosen(): readonly Entry[] {
    return this.entries.filter((entry) => this.#chosenIds.has(idOf(entry)));
  }

  /** The chosen folders and objects. */
  get chosenStored(): readonly StoredEntry[] {
    return this.chosen.filter(isStored);
  }

  isChosen(entry: Entry): boolean {
    return this.#chosenIds.has(idOf(entry));
  }

  choose(entries: readonly Entry[]): void {
    this.#chosenIds = new Set(entries.map(idOf));
    this.#changed.emit();
  }

  /** What notebooks may do with the objects where the panel is. */
  get rights(): Omit<StudioBucket, 'bucket'> {
    return this.#buckets.find(({ bucket }) => bucket === this.#place?.bucket) ?? noRights;
  }

  open(place: Place): Promise<void> {
    this.#place = place;
    this.#filter = '';
    this.#entries = [];
    this.#chosenIds = new Set();
    return this.refresh();
  }

  setFilter(filter: string): Promise<void> {
    this.#filter = filter;
    return this.refresh();
  }

  refresh(): Promise<void> {
    return this.#ask(async () => {
      // The rights too: policies change while the page is open.
      const buckets = await this.#api.listBuckets();
      const place = this.#place;
      const page = place === null ? undefined : await this.#list(place, null);
      return () => {
        this.#buckets = buckets;
        this.#continuationToken = page?.continuationToken ?? null;
        this.#entries =
          place === null || page === undefined
            ? buckets.map(({ bucket }) => ({ kind: 'bucket', name: bucket }))
            : entriesOf(place, page);
      };
    });
  }

  loadMore(): Promise<void> {
    const place = this.#place;
    const token = this.#continuationToken;
    if (place === null || token === null) return Promise.resolve();
    return this.#ask(async () => {
      const page = await this.#list(place, token);
      return () => {
        this.#continuationToken = page.continuationToken;
        this.#entries = [...this.#entries, ...entriesOf(place, page)];
      };
    });
  }

  #list({ bucket, prefix }: NonNullable<Place>, token: string | null): Promise<StudioFolder> {
    return this.#api.listFolder(bucket, prefix + this.#filter, token);
  }

  async #ask(work: () => Promise<() => void>): Promise<void> {
    this.#askedCount += 1;
    const asked = this.#askedCount;
    this.#state = { kind: 'loading' };
    this.#changed.emit();
    let state: State = { kind: 'ready' };
    let take: () => void;
    try {
      take = await work();
    } catch (error) {
      state = { kind: 'failed', error };
      take = () => {
        this.#entries = [];
      };
    }
    if (asked !== this.#askedCount) return;
    take();
    this.#state = state;
    this.#changed.emit();
  }
}

function entriesOf({ bucket, prefix }: NonNullable<Place>, page: StudioFolder): readonly Entry[] {
  const folders = page.folders.map(
    (each): Entry => ({ kind: 'folder', name: lastName(each), bucket, prefix: each }),
  );
  const objects = page.objects
    // Some tools write an object for the folder itself.
    .filter(({ key }) => key !== prefix)
    .map(
      (each): Entry => ({ kind: 'object', name: each.key.slice(prefix.length), bucket, ...each }),
    );
  return [...folders, ...objects];
}
