import { AgentError } from '../http/agent-error.ts';
import { findJsonFault } from './json-position.ts';
import { cellsOf, isObject, type JsonObject, outputsOf } from './notebook-shape.ts';
import { findNotebookFault } from './notebook-validation.ts';

/** An empty notebook of the format Lab writes (nbformat 4.5). */
export function emptyNotebook(): JsonObject {
  return { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

export interface ReadNotebook {
  readonly notebook: JsonObject;
  /** Why it is not a valid notebook; it is opened nevertheless, as Jupyter does. */
  readonly message: string | undefined;
}

/** Parses a notebook file. Throws `InvalidNotebook` where there is nothing Lab could open. */
export function parseNotebook(text: string, subject: string): ReadNotebook {
  const notebook = parseJson(text, subject);
  if (!isObject(notebook)) throw unreadable(subject, 'it holds no JSON object');
  if (typeof notebook.nbformat !== 'number')
    throw unreadable(subject, 'it has no "nbformat" number');
  if (notebook.nbformat < 4) {
    throw unreadable(
      subject,
      `it has the old format ${notebook.nbformat}. Convert it in a terminal with: jupyter nbconvert --to notebook --inplace "${subject}"`,
    );
  }
  if (notebook.nbformat > 4) {
    throw unreadable(subject, `its format ${notebook.nbformat} is newer than the 4 known here`);
  }
  mapTexts(notebook, joinLines);
  return { notebook, message: findNotebookFault(notebook) };
}

/**
 * The text of a notebook file as nbformat writes it: sorted keys, one space of indent, texts as
 * lists of lines, and without what belongs to a session. Version control then shows small changes.
 */
export function serializeNotebook(content: JsonObject): string {
  const notebook = structuredClone(content);
  if (isObject(notebook.metadata)) {
    for (const key of ['orig_nbformat', 'orig_nbformat_minor', 'signature']) {
      delete notebook.metadata[key];
    }
  }
  for (const cell of cellsOf(notebook)) {
    if (isObject(cell.metadata)) delete cell.metadata.trusted;
  }
  mapTexts(notebook, splitLines);
  return `${JSON.stringify(sortKeys(notebook), undefined, 1)}\n`;
}

function parseJson(text: string, subject: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (text.trim() === '') throw unreadable(subject, 'the file is empty', cause);
    const fault = findJsonFault(text);
    const place = fault
      ? ` at line ${fault.line}, column ${fault.column}: ${fault.expected} was expected there`
      : '';
    throw unreadable(subject, `the file is not JSON${place}`, cause);
  }
}

function unreadable(subject: string, state: string, cause?: unknown): AgentError {
  return new AgentError('InvalidNotebook', `Cannot open the notebook "${subject}": ${state}`, {
    cause,
  });
}

/** Every text that nbformat may store as a list of lines. */
function mapTexts(notebook: JsonObject, change: (text: unknown) => unknown): void {
  for (const cell of cellsOf(notebook)) {
    if ('source' in cell) cell.source = change(cell.source);
    for (const output of outputsOf(cell)) {
      if (output.output_type === 'stream') output.text = change(output.text);
      else mapBundle(output.data, change);
    }
  }
}

function mapBundle(bundle: unknown, change: (text: unknown) => unknown): void {
  if (!isObject(bundle)) return;
  for (const [mimeType, value] of Object.entries(bundle)) {
    // A list under a JSON type is the person's data, never lines of text.
    if (!isJsonType(mimeType)) bundle[mimeType] = change(value);
  }
}

function isJsonType(mimeType: string): boolean {
  return mimeType === 'application/json' || /^application\/.*\+json$/.test(mimeType);
}

function joinLines(text: unknown): unknown {
  return Array.isArray(text) && text.every((line) => typeof line === 'string')
    ? text.join('')
    : text;
}

/** Where nbformat, through Python's `str.splitlines`, ends a line. */
const lineEnds = '\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029';
const lines = new RegExp(`[^${lineEnds}]*(?:\\r\\n|[${lineEnds}]|$)`, 'g');

function splitLines(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  return (text.match(lines) ?? []).filter((line) => line !== '');
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  const sorted: JsonObject = {};
  for (const key of Object.keys(value).sort()) {
    // defineProperty, because assigning "__proto__" would drop it.
    Object.defineProperty(sorted, key, {
      value: sortKeys(value[key]),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return sorted;
}
