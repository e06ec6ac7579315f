import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Scalar,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** A value that a list of the domain file holds; groups and lists in it are written in one line. */
type EntryValue = string | number | readonly string[] | Readonly<Record<string, string>>;
type ListItem = YAMLMap | Scalar;
export type ListEntry = Readonly<Record<string, EntryValue>>;

/**
 * The text with one more entry at the end of a list. Only its own lines are new: every other byte,
 * comments included, stays. Where the file is written in a way that does not allow that (one line for
 * the whole list, for example), it is formatted anew with its comments kept.
 */
export function addEntryToText(text: string, listName: string, entry: ListEntry): string {
  const document = parseDocument(text);
  const formatted = parseDocument(text);
  listIn(formatted, [listName])?.add(formatted.createNode(entry));
  return smallestChange(insertAfterLast(text, itemsOf(document, [listName]), entry), formatted);
}

interface NamedEntry {
  readonly listPath: readonly string[];
  /** Left out where the list holds the names themselves. */
  readonly key?: string;
  readonly name: string;
}

/** The text without the entry whose `key` is `name`. */
export function removeEntryFromText(text: string, { listPath, key, name }: NamedEntry): string {
  const items = itemsOf(parseDocument(text), listPath);
  const formatted = parseDocument(text);
  const index = items.findIndex((item) => {
    const found = isMap(item) && key !== undefined ? item.get(key, true) : item;
    return isScalar(found) && found.value === name;
  });
  if (index === -1) return text;
  listIn(formatted, listPath)?.delete(index);
  return smallestChange(cutLines(text, items[index]) ?? cutInLine(text, items, index), formatted);
}

/** INVARIANT: whichever text is chosen means exactly what the edited document means. */
function smallestChange(text: string | undefined, formatted: Document): string {
  if (text !== undefined) {
    const reread = parseDocument(text);
    const isRight =
      reread.errors.length === 0 && isDeepStrictEqual(reread.toJS(), formatted.toJS());
    if (isRight) return text;
  }
  return formatted.toString({ lineWidth: 0 });
}

function insertAfterLast(
  text: string,
  items: readonly ListItem[],
  entry: ListEntry,
): string | undefined {
  const last = items.at(-1);
  const lines = last && linesOf(text, last);
  if (last === undefined || lines === undefined) return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const isFlow = isMap(last) && last.flow === true;
  const margin = ' '.repeat(lines.marker.length);
  const pairs = Object.entries(entry).map(([key, value]) => `${key}: ${written(value, isFlow)}`);
  const item = isFlow
    ? `${lines.marker}{ ${pairs.join(', ')} }`
    : `${lines.marker}${pairs.join(lineEnd + margin)}`;
  const before = text.slice(0, lines.end);
  return `${before}${before.endsWith('\n') ? '' : lineEnd}${item}${lineEnd}${text.slice(lines.end)}`;
}

function cutLines(text: string, item: ListItem | undefined): string | undefined {
  const lines = item && linesOf(text, item);
  return lines && text.slice(0, lines.start) + text.slice(lines.end);
}

/** From a list that is written in one line, with the comma that parts it from its neighbour. */
function cutInLine(text: string, items: readonly ListItem[], index: number): string | undefined {
  const [start, end] = items[index]?.range ?? [];
  if (start === undefined || end === undefined) return undefined;
  const next = items[index + 1]?.range;
  if (next) return text.slice(0, start) + text.slice(next[0]);
  return text.slice(0, items[index - 1]?.range?.[1] ?? start) + text.slice(end);
}

/** The whole lines that an item of a block list covers, and what its first begins with (`  - `). */
function linesOf(text: string, item: ListItem) {
  if (!item.range) return undefined;
  const [itemStart, valueEnd] = item.range;
  const start = text.lastIndexOf('\n', itemStart - 1) + 1;
  const marker = text.slice(start, itemStart);
  if (!/^ *- +$/.test(marker)) return undefined;
  // A block map's value ends after its last line's end, a flow map's before.
  const lastCharacter = text[valueEnd - 1] === '\n' ? valueEnd - 1 : valueEnd;
  const nextLineEnd = text.indexOf('\n', lastCharacter);
  return { start, marker, end: nextLineEnd === -1 ? text.length : nextLineEnd + 1 };
}

/** Quoted where YAML needs it. */
function written(value: EntryValue, inFlow: boolean): string {
  if (typeof value === 'object') {
    const parts = Array.isArray(value)
      ? value.map((each: string) => written(each, true))
      : Object.entries(value).map(([key, each]) => `${key}: ${written(each as string, true)}`);
    return Array.isArray(value) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  }
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  return inFlow && /[,[\]{}]/.test(plain) ? JSON.stringify(value) : plain;
}

function listIn(document: Document, listPath: readonly string[]): YAMLSeq | undefined {
  const list = document.getIn(listPath, true);
  return isSeq(list) ? list : undefined;
}

function itemsOf(document: Document, listPath: readonly string[]): ListItem[] {
  const items = listIn(document, listPath)?.items ?? [];
  return items.filter((item) => isMap(item) || isScalar(item));
}
