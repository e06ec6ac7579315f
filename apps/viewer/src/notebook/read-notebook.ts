import { isRecord, textOf } from './json-values.ts';
import type { Cell, MimeBundle, Notebook } from './notebook.ts';
import { readOutputs } from './read-outputs.ts';
import { upgradeCells } from './upgrade-notebook.ts';

export class NotebookError extends Error {
  readonly code: 'NotANotebook' | 'UnknownFormat';

  constructor(code: NotebookError['code'], message: string) {
    super(message);
    this.name = 'NotebookError';
    this.code = code;
  }
}

const widgetStateType = 'application/vnd.jupyter.widget-state+json';

/**
 * Reads nbformat 4, and 3 after an upgrade. Somebody else wrote it: what is not as the format says is
 * left out, and nothing is taken to have the type that it should have.
 *
 * @throws {NotebookError}
 */
export function readNotebook(stored: unknown): Notebook {
  const text = stored instanceof ArrayBuffer ? new TextDecoder().decode(stored) : stored;
  const content = typeof text === 'string' ? parse(text) : text;
  if (!isRecord(content) || typeof content.nbformat !== 'number') throw notANotebook();
  if (content.nbformat < 3 || content.nbformat > 4) {
    throw new NotebookError(
      'UnknownFormat',
      `Cannot show the notebook: its format is ${content.nbformat}`,
    );
  }
  const cells = content.nbformat === 3 ? upgradeCells(content) : content.cells;
  if (!Array.isArray(cells)) throw notANotebook();
  const metadata = isRecord(content.metadata) ? content.metadata : {};
  return {
    language: languageOf(metadata),
    cells: cells.filter(isRecord).map(readCell),
    widgetState: isRecord(metadata.widgets) ? metadata.widgets[widgetStateType] : undefined,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notANotebook();
  }
}

function notANotebook(): NotebookError {
  return new NotebookError('NotANotebook', 'Cannot show the notebook: it is none');
}

function readCell(cell: Readonly<Record<string, unknown>>): Cell {
  const kind = cell.cell_type === 'code' || cell.cell_type === 'markdown' ? cell.cell_type : 'raw';
  return {
    kind,
    source: textOf(cell.source),
    executionCount: typeof cell.execution_count === 'number' ? cell.execution_count : null,
    outputs: kind === 'code' ? readOutputs(cell.outputs) : [],
    attachments: readAttachments(cell.attachments),
  };
}

function readAttachments(attachments: unknown): Readonly<Record<string, MimeBundle>> {
  if (!isRecord(attachments)) return {};
  return Object.fromEntries(
    Object.entries(attachments).flatMap(([name, data]) => (isRecord(data) ? [[name, data]] : [])),
  );
}

/** As JupyterLab looks for it; Python where nothing says. */
function languageOf(metadata: Readonly<Record<string, unknown>>): string {
  const { language_info: info, kernelspec } = metadata;
  const names = [isRecord(info) && info.name, isRecord(kernelspec) && kernelspec.language];
  const name = names.find((each) => typeof each === 'string' && each !== '');
  return typeof name === 'string' ? name.toLowerCase() : 'python';
}
