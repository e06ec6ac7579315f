import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { DomainPerson } from './domain.ts';

/**
 * The text with one more person at the end of `people`. Only their own lines are new: every other
 * byte, comments included, stays. Where the file is written in a way that does not allow that (one
 * line for all people, for example), it is formatted anew with its comments kept.
 */
export function addPersonToText(text: string, person: DomainPerson): string {
  const document = parseDocument(text);
  const entry = toEntry(person);
  const formatted = parseDocument(text);
  peopleOf(formatted)?.add(formatted.createNode(entry));
  return smallestChange(insertAfterLast(text, document, entry), formatted);
}

/** The text without the person of this name. */
export function removePersonFromText(text: string, profileName: string): string {
  const document = parseDocument(text);
  const formatted = parseDocument(text);
  const index = indexOfPerson(document, profileName);
  if (index === -1) return text;
  peopleOf(formatted)?.delete(index);
  return smallestChange(cutItem(text, document, index), formatted);
}

function toEntry({ profileName, displayName, role, team }: DomainPerson) {
  return { profileName, displayName, role, team };
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
  document: Document,
  entry: Record<string, string>,
): string | undefined {
  const last = itemsOf(document).at(-1);
  const lines = last && linesOf(text, last);
  if (last === undefined || lines === undefined) return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const margin = ' '.repeat(lines.marker.length);
  const pairs = Object.entries(entry).map(([key, value]) => `${key}: ${scalar(value, last.flow)}`);
  const item = last.flow
    ? `${lines.marker}{ ${pairs.join(', ')} }`
    : `${lines.marker}${pairs.join(lineEnd + margin)}`;
  const before = text.slice(0, lines.end);
  return `${before}${before.endsWith('\n') ? '' : lineEnd}${item}${lineEnd}${text.slice(lines.end)}`;
}

function cutItem(text: string, document: Document, index: number): string | undefined {
  const item = itemsOf(document)[index];
  const lines = item && linesOf(text, item);
  return lines && text.slice(0, lines.start) + text.slice(lines.end);
}

/** The whole lines that an item of a block list covers, and what its first begins with (`  - `). */
function linesOf(text: string, item: YAMLMap) {
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
function scalar(value: string, inFlow: boolean | undefined): string {
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  return inFlow && /[,[\]{}]/.test(plain) ? JSON.stringify(value) : plain;
}

function peopleOf(document: Document): YAMLSeq | undefined {
  const people = document.get('people', true);
  return isSeq(people) ? people : undefined;
}

function itemsOf(document: Document): YAMLMap[] {
  const items = peopleOf(document)?.items ?? [];
  return items.filter((item) => isMap(item));
}

function indexOfPerson(document: Document, profileName: string): number {
  return itemsOf(document).findIndex((item) => {
    const name = item.get('profileName', true);
    return isScalar(name) && name.value === profileName;
  });
}
