import type { ScanFinding } from '@strongroom/contracts';

/** One text of a notebook, and where it is. */
export interface NotebookText {
  readonly text: string;
  readonly cellIndex: number;
  readonly cellId: string | null;
  readonly part: ScanFinding['part'];
}

type Place = Omit<NotebookText, 'text' | 'part'>;
type Fields = Readonly<Record<string, unknown>>;

/**
 * Every text of a notebook (nbformat 4). What the format does not name is read too: it would be shared as
 * well. What belongs to no cell, as the state of widgets, is told with the first cell's index and no id.
 */
export function notebookTexts(notebook: unknown): NotebookText[] {
  const whole: Place = { cellIndex: 0, cellId: null };
  if (!isFields(notebook) || !Array.isArray(notebook.cells)) {
    return metadataTexts(notebook, whole);
  }
  const { cells, ...rest } = notebook;
  const texts = metadataTexts(rest, whole);
  (cells as unknown[]).forEach((cell, cellIndex) => {
    texts.push(...cellTexts(cell, cellIndex));
  });
  return texts;
}

function cellTexts(cell: unknown, cellIndex: number): NotebookText[] {
  if (!isFields(cell)) return metadataTexts(cell, { cellIndex, cellId: null });
  const {
    source,
    outputs,
    attachments,
    id,
    cell_type: _type,
    execution_count: _count,
    ...rest
  } = cell;
  const place: Place = { cellIndex, cellId: typeof id === 'string' ? id : null };
  const sourceText = joined(source);
  const texts: NotebookText[] =
    sourceText === undefined
      ? metadataTexts(source, place)
      : [{ ...place, text: sourceText, part: 'source' }];
  if (Array.isArray(outputs)) {
    for (const output of outputs) texts.push(...outputTexts(output, place));
  } else texts.push(...metadataTexts(outputs, place));
  return [...texts, ...attachmentTexts(attachments, place), ...metadataTexts(rest, place)];
}

function outputTexts(output: unknown, place: Place): NotebookText[] {
  if (!isFields(output)) return metadataTexts(output, place);
  const { output_type: _type, execution_count: _count, data, text, traceback, ...rest } = output;
  const stream = joined(text);
  const texts: (string | undefined)[] = [stream, ...bundleTexts(data)];
  if (stream === undefined) texts.push(asJson(text));
  if (traceback !== undefined) {
    texts.push(Array.isArray(traceback) ? traceback.map(asText).join('\n') : asText(traceback));
  }
  texts.push(asJson(rest));
  return withPart(texts, place, 'output').map((entry) => ({
    ...entry,
    text: withoutAnsi(entry.text),
  }));
}

/** An attachment's name is what the notebook's author called it. */
function attachmentTexts(attachments: unknown, place: Place): NotebookText[] {
  if (attachments === undefined) return [];
  if (!isFields(attachments)) return withPart([asJson(attachments)], place, 'attachment');
  const texts = Object.entries(attachments).flatMap(([name, bundle]) => [
    name,
    ...bundleTexts(bundle),
  ]);
  return withPart(texts, place, 'attachment');
}

/** The texts of a bundle of media types. Bytes have no text: a picture, a sound, a PDF. */
function bundleTexts(bundle: unknown): (string | undefined)[] {
  if (!isFields(bundle)) return [asJson(bundle)];
  return Object.entries(bundle).map(([mediaType, value]) => {
    if (isBytes(mediaType)) return undefined;
    const text = joined(value);
    if (text === undefined) return asJson(value);
    return text.includes(';base64,') ? withoutDataUrls(text) : text;
  });
}

function isBytes(mediaType: string): boolean {
  return (
    /^(?:image|audio|video|font)\/|^application\/(?:pdf|octet-stream|zip)\b/.test(mediaType) &&
    !mediaType.endsWith('+xml')
  );
}

function metadataTexts(value: unknown, place: Place): NotebookText[] {
  return withPart([asJson(value)], place, 'metadata');
}

function withPart(
  texts: readonly (string | undefined)[],
  place: Place,
  part: NotebookText['part'],
): NotebookText[] {
  return texts
    .filter((text) => text !== undefined && text !== '' && text !== '{}')
    .map((text) => ({ ...place, text: text ?? '', part }));
}

/** nbformat writes a text of several lines as an array of them. */
function joined(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || !value.every((line) => typeof line === 'string')) return undefined;
  return value.join('');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (asJson(value) ?? '');
}

function asJson(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}

/** Colours and cursor movements (ECMA-48, section 5.4), which split words. */
function withoutAnsi(text: string): string {
  if (!text.includes('\u001b')) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they begin with
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '');
}

/** Pictures inside HTML. Line ends within are kept, so that lines are counted right. */
function withoutDataUrls(text: string): string {
  return text.replace(
    /;base64,[A-Za-z0-9+/=\s]+/g,
    (data) => `;base64,${data.replace(/[^\n]+/g, '')}`,
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
