/** Something that is listed by key. */
export interface Keyed {
  readonly key: Buffer;
}

export interface KeyPageOptions<Entry extends Keyed> {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly count: number;
  /** Entries with `from <= key < before`, in order; the first `limit` of them. */
  readonly read: (from: KeyPosition, before: Buffer | undefined, limit: number) => readonly Entry[];
  readonly start: KeyPosition;
}

/** Where to go on: at a key, or behind one (of which an entry may remain, for versions). */
export interface KeyPosition {
  readonly key: Buffer;
  readonly isAfter: boolean;
  /** Further entries of `key` itself that come after this row; only with `isAfter`. */
  readonly row?: number;
}

export interface KeyPage<Entry> {
  readonly entries: readonly Entry[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last entry or common prefix of the page. */
  readonly last: { readonly entry?: Entry; readonly prefix?: string } | undefined;
}

/** With a delimiter most of what is read may be rolled up: little is read first, and twice as much each time that it was wanted. */
const leastBatchCount = 2;

/**
 * One page of a listing. What shares a common prefix is skipped by seeking behind that prefix, so a page
 * costs by what it shows and not by what it rolls up.
 */
export function readKeyPage<Entry extends Keyed>(options: KeyPageOptions<Entry>): KeyPage<Entry> {
  const { delimiter, count, read } = options;
  const prefix = Buffer.from(options.prefix);
  const before = prefix.length === 0 ? undefined : firstBehind(prefix);
  const entries: Entry[] = [];
  const commonPrefixes: string[] = [];
  let last: KeyPage<Entry>['last'];
  if (count === 0) return { entries, commonPrefixes, isTruncated: false, last };
  let position = startOf(options.start, prefix);
  if (delimiter === undefined) return wholePage(read(position, before, count + 1), count);
  let batchCount = leastBatchCount;
  for (;;) {
    const left = count - entries.length - commonPrefixes.length;
    // One more than fits, to know whether there is more.
    const limit = Math.min(left + 1, batchCount);
    const batch = read(position, before, limit);
    let seekTo: Buffer | undefined;
    for (const entry of batch) {
      const key = Buffer.from(entry.key);
      if (seekTo !== undefined && Buffer.compare(key, seekTo) < 0) continue;
      seekTo = undefined;
      const isFull = entries.length + commonPrefixes.length === count;
      if (isFull) return { entries, commonPrefixes, isTruncated: true, last };
      const rolledUp = commonPrefix(key, prefix, delimiter);
      if (rolledUp === undefined) {
        entries.push(entry);
        last = { entry };
      } else {
        commonPrefixes.push(rolledUp.toString());
        last = { prefix: rolledUp.toString() };
        seekTo = firstBehind(rolledUp);
        if (seekTo === undefined) return { entries, commonPrefixes, isTruncated: false, last };
      }
    }
    const lastRead = batch.at(-1);
    if (batch.length < limit || lastRead === undefined) {
      return { entries, commonPrefixes, isTruncated: false, last };
    }
    batchCount = seekTo === undefined ? batchCount * 2 : leastBatchCount;
    position = seekTo === undefined ? behind(lastRead) : { key: seekTo, isAfter: false };
  }
}

/** Nothing is rolled up: what is read is what is shown, and one more tells whether there is more. */
function wholePage<Entry>(read: readonly Entry[], count: number): KeyPage<Entry> {
  const entries = read.slice(0, count);
  const entry = entries.at(-1);
  return {
    ...{ entries, commonPrefixes: [], isTruncated: read.length > count },
    last: entry === undefined ? undefined : { entry },
  };
}

/** Where a page begins whose marker is a key or, with a delimiter, a common prefix. */
export function positionBehind(
  marker: string,
  prefix: string,
  delimiter: string | undefined,
): KeyPosition {
  const key = Buffer.from(marker);
  const isRolledUp =
    delimiter !== undefined &&
    marker.startsWith(prefix) &&
    commonPrefix(key, Buffer.from(prefix), delimiter)?.equals(key) === true;
  const next = isRolledUp ? firstBehind(key) : undefined;
  return next === undefined ? { key, isAfter: true } : { key: next, isAfter: false };
}

function behind(entry: Keyed): KeyPosition {
  const row = 'id' in entry && typeof entry.id === 'number' ? { row: entry.id } : {};
  return { key: Buffer.from(entry.key), isAfter: true, ...row };
}

function startOf(start: KeyPosition, prefix: Buffer): KeyPosition {
  return Buffer.compare(start.key, prefix) < 0 ? { key: prefix, isAfter: false } : start;
}

function commonPrefix(key: Buffer, prefix: Buffer, delimiter: string | undefined) {
  if (delimiter === undefined || delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.subarray(0, at + Buffer.byteLength(delimiter));
}

/** The smallest bytes that are behind everything with this prefix; `undefined` where there are none. */
function firstBehind(prefix: Buffer): Buffer | undefined {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length -= 1;
  if (length === 0) return undefined;
  const next = Buffer.from(prefix.subarray(0, length));
  next[length - 1] = (next[length - 1] ?? 0) + 1;
  return next;
}
