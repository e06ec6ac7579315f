import { isJsonObject, type JsonObject } from './json.ts';
import type { Cell, Notebook } from './notebook.ts';
import { joinLines, mapOutputTexts } from './notebook-texts.ts';

/**
 * Reads nbformat 4. Forgives what is missing; undefined where the text is no JSON, is of another major
 * version, or has something in it that is no cell.
 */
export function parseNotebook(text: string): Notebook | undefined {
  const value = parseJson(text.startsWith('\uFEFF') ? text.slice(1) : text);
  if (!isJsonObject(value) || !Array.isArray(value.cells)) return undefined;
  const { nbformat = 4, nbformat_minor: minor, metadata } = value;
  if (nbformat !== 4) return undefined;
  const cells: Cell[] = [];
  for (const item of value.cells as unknown[]) {
    if (!isJsonObject(item)) return undefined;
    cells.push(readCell(item));
  }
  return {
    ...value,
    cells,
    metadata: isJsonObject(metadata) ? metadata : {},
    nbformat,
    nbformat_minor: typeof minor === 'number' ? minor : 4,
  };
}

function readCell(item: JsonObject): Cell {
  const { id, source, metadata, outputs, execution_count: count, attachments, ...rest } = item;
  const text = joinLines(source);
  const cell = {
    ...item,
    cell_type: typeof rest.cell_type === 'string' ? rest.cell_type : 'raw',
    source: typeof text === 'string' ? text : '',
    metadata: isJsonObject(metadata) ? metadata : {},
  };
  return withKnownFields(cell, { id, outputs, count, attachments });
}

/** A field that is not what the format says is as if it were missing. */
function withKnownFields(
  cell: JsonObject & Pick<Cell, 'cell_type' | 'source' | 'metadata'>,
  fields: { id: unknown; outputs: unknown; count: unknown; attachments: unknown },
): Cell {
  const read: Record<string, unknown> = { ...cell };
  if (typeof fields.id !== 'string') delete read.id;
  if (!isJsonObject(fields.attachments)) delete read.attachments;
  if (Array.isArray(fields.outputs)) {
    read.outputs = fields.outputs
      .filter(isJsonObject)
      .map((output) => mapOutputTexts(output, joinLines));
  } else delete read.outputs;
  if (typeof fields.count !== 'number' && fields.count !== null) delete read.execution_count;
  if (read.cell_type === 'code') {
    read.outputs ??= [];
    read.execution_count ??= null;
  }
  return read as unknown as Cell;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
