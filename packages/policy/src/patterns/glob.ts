/** `*` of a policy pattern: any run of characters, colons and slashes included. */
export const anyRun = Symbol('*');
/** `?` of a policy pattern: exactly one character. */
export const anyCharacter = Symbol('?');

export type GlobPart = string | typeof anyRun | typeof anyCharacter;
type SegmentPart = string | typeof anyCharacter;
type Segment = readonly SegmentPart[];

/**
 * Does the pattern cover the whole text? Never builds a regular expression: a pattern from a
 * policy and a text from a request must not be able to make matching slow.
 */
export function globMatches(parts: readonly GlobPart[], text: string): boolean {
  return segmentsMatch(splitAtRuns(parts), text);
}

/** The same question, prepared once for a pattern that never changes. */
export function compileGlob(parts: readonly GlobPart[]): (text: string) => boolean {
  const [head, tail, ...more] = parts;
  if (head === undefined) return (text) => text === '';
  if (head === anyRun && tail === undefined) return () => true;
  if (typeof head === 'string' && tail === undefined) return (text) => text === head;
  if (typeof head === 'string' && tail === anyRun && more.length === 0) {
    return (text) => text.startsWith(head);
  }
  const segments = splitAtRuns(parts);
  return (text) => segmentsMatch(segments, text);
}

/** The first segment stands at the start, the last at the end, the others in between in order. */
function segmentsMatch(segments: readonly Segment[], text: string): boolean {
  const last = segments.length - 1;
  let position = segmentEnd(segments[0] ?? [], text, 0);
  if (last === 0) return position === text.length;
  for (let index = 1; index < last && position >= 0; index += 1) {
    position = leftmostEnd(segments[index] ?? [], text, position);
  }
  return position >= 0 && endsWithSegment(segments[last] ?? [], text, position);
}

function splitAtRuns(parts: readonly GlobPart[]): Segment[] {
  let current: SegmentPart[] = [];
  const segments: SegmentPart[][] = [current];
  for (const part of parts) {
    if (part === anyRun) {
      current = [];
      segments.push(current);
    } else {
      current.push(part);
    }
  }
  return segments;
}

/** Where a segment that starts at `from` ends, or -1. */
function segmentEnd(segment: Segment, text: string, from: number): number {
  let position = from;
  for (const part of segment) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, position)) return -1;
      position += part.length;
    } else {
      if (position >= text.length) return -1;
      position += characterLength(text, position);
    }
  }
  return position;
}

/** Taking the leftmost place for each segment leaves the most text for those after it. */
function leftmostEnd(segment: Segment, text: string, from: number): number {
  for (let start = from; start <= text.length; start += 1) {
    const end = segmentEnd(segment, text, start);
    if (end >= 0) return end;
  }
  return -1;
}

function endsWithSegment(segment: Segment, text: string, from: number): boolean {
  for (let start = text.length; start >= from; start -= 1) {
    if (segmentEnd(segment, text, start) === text.length) return true;
  }
  return false;
}

function characterLength(text: string, position: number): 1 | 2 {
  return (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1;
}
