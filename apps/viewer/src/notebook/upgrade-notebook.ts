import { isRecord, textOf } from './json-values.ts';

type Json = Readonly<Record<string, unknown>>;

const mimeTypes: Readonly<Record<string, string>> = {
  text: 'text/plain',
  html: 'text/html',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpeg: 'image/jpeg',
  latex: 'text/latex',
  javascript: 'application/javascript',
  json: 'application/json',
};

/** The cells of nbformat 3 (IPython 1 to 3) as those of nbformat 4: what nbformat's own converter does. */
export function upgradeCells({ worksheets }: Json): unknown {
  if (!Array.isArray(worksheets)) return undefined;
  return worksheets
    .filter(isRecord)
    .flatMap(({ cells }) => (Array.isArray(cells) ? cells.filter(isRecord).map(upgradeCell) : []));
}

function upgradeCell(cell: Json): Json {
  if (cell.cell_type === 'heading') {
    const level = typeof cell.level === 'number' ? Math.min(Math.max(cell.level, 1), 6) : 1;
    const title = textOf(cell.source).replaceAll(/\s*\n\s*/g, ' ');
    return { cell_type: 'markdown', source: `${'#'.repeat(level)} ${title}` };
  }
  if (cell.cell_type !== 'code') return cell;
  return {
    cell_type: 'code',
    source: cell.input,
    execution_count: cell.prompt_number,
    outputs: Array.isArray(cell.outputs) ? cell.outputs.filter(isRecord).map(upgradeOutput) : [],
  };
}

function upgradeOutput(output: Json): Json {
  if (output.output_type === 'stream') return { ...output, name: output.stream };
  if (output.output_type === 'pyerr') return { ...output, output_type: 'error' };
  const data = Object.entries(mimeTypes).flatMap(([key, type]) =>
    output[key] === undefined ? [] : [[type, upgradeData(key, output[key])] as const],
  );
  return {
    output_type: output.output_type === 'pyout' ? 'execute_result' : 'display_data',
    execution_count: output.prompt_number,
    data: Object.fromEntries(data),
  };
}

/** JSON was stored as text. */
function upgradeData(key: string, value: unknown): unknown {
  if (key !== 'json') return value;
  try {
    return JSON.parse(textOf(value));
  } catch {
    return textOf(value);
  }
}
