import { isJsonObject, type JsonObject } from './json.ts';

/** Where nbformat, through Python's `str.splitlines`, ends a line. */
const lineEnds = '\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029';
const lines = new RegExp(`[^${lineEnds}]*(?:\\r\\n|[${lineEnds}]|$)`, 'g');

/** A text as nbformat may store it, in one piece; anything else as it is. */
export function joinLines(value: unknown): unknown {
  return Array.isArray(value) && value.every((line) => typeof line === 'string')
    ? value.join('')
    : value;
}

/** A text as nbformat stores it. */
export function splitLines(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return (value.match(lines) ?? []).filter((line) => line !== '');
}

/** Applies it to every text of an output, or of an attachment's bundle. */
export function mapOutputTexts(output: JsonObject, change: (text: unknown) => unknown): JsonObject {
  if (output.output_type === 'stream') return { ...output, text: change(output.text) };
  return isJsonObject(output.data) ? { ...output, data: mapBundle(output.data, change) } : output;
}

function mapBundle(bundle: JsonObject, change: (text: unknown) => unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(bundle).map(([mediaType, value]) => [
      mediaType,
      // A list under a JSON type is the person's data, never lines of text.
      isJsonType(mediaType) ? value : change(value),
    ]),
  );
}

function isJsonType(mediaType: string): boolean {
  return mediaType === 'application/json' || /^application\/.*\+json$/.test(mediaType);
}
