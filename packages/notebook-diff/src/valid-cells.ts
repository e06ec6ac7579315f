import { type JsonObject, omit } from './json.ts';
import { type Cell, hasCellIds, type Notebook } from './notebook.ts';

/** nbformat 4.5: only code has outputs and the number of a run, only the others have attachments. */
export function fittingItsType(cell: Cell): Cell {
  if (cell.cell_type === 'code') {
    const code: JsonObject = omit(cell, ['attachments']);
    return { ...code, outputs: [], execution_count: null, ...keptRun(cell) } as unknown as Cell;
  }
  return omit(cell, ['outputs', 'execution_count']) as unknown as Cell;
}

function keptRun(cell: Cell): JsonObject {
  return {
    ...(cell.outputs === undefined ? {} : { outputs: cell.outputs }),
    ...(cell.execution_count === undefined ? {} : { execution_count: cell.execution_count }),
  };
}

/** Every cell with an id of its own, where the format has ids at all; without where it has none. */
export function withValidIds(notebook: Notebook): Notebook {
  if (!hasCellIds(notebook)) {
    if (notebook.cells.every((cell) => cell.id === undefined)) return notebook;
    return {
      ...notebook,
      cells: notebook.cells.map((cell) => omit(cell, ['id']) as unknown as Cell),
    };
  }
  const used = new Set<string>();
  const cells = notebook.cells.map((cell, index) => {
    const isFree = cell.id !== undefined && isId(cell.id) && !used.has(cell.id);
    const id = isFree ? (cell.id ?? '') : freeId(notebook, used, cell.id ?? `cell-${index}`);
    used.add(id);
    return isFree ? cell : { ...cell, id };
  });
  return { ...notebook, cells };
}

/** The same for the same notebooks: a merge that is done twice gives the same file. */
function freeId(notebook: Notebook, used: ReadonlySet<string>, wanted: string): string {
  const taken = new Set(notebook.cells.map((cell) => cell.id));
  const stem = wanted.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 56) || 'cell';
  for (let number = 2; ; number += 1) {
    const id = `${stem}-${number}`;
    if (!taken.has(id) && !used.has(id)) return id;
  }
}

function isId(id: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(id);
}
