import { diffLines, type LineChange } from './diff-lines.ts';
import { type JsonObject, jsonEquals } from './json.ts';
import { matchCells } from './match-cells.ts';
import { quietOutputs, withoutNoise } from './noise.ts';
import type { Cell, Notebook } from './notebook.ts';

/** What a page shows of a cell. */
export interface CellView {
  /** From 0. */
  readonly index: number;
  readonly id: string | null;
  readonly cellType: string;
  readonly source: string;
  readonly outputs: readonly JsonObject[];
  readonly executionCount: number | null;
  readonly metadata: JsonObject;
}

export interface CellChange {
  /** `moved` cells may have changed as well. */
  readonly kind: 'unchanged' | 'added' | 'deleted' | 'modified' | 'moved';
  readonly before?: CellView;
  readonly after?: CellView;
  /** All lines, those that are the same too. */
  readonly sourceLines: readonly LineChange[];
  readonly sourceChanged: boolean;
  /** But for the number of the run. */
  readonly outputsChanged: boolean;
  /** But for what each run writes; attachments count. */
  readonly metadataChanged: boolean;
  readonly cellTypeChanged: boolean;
}

export interface NotebookDiff {
  /** In the order of the notebook after; what was deleted stands where it was. */
  readonly cells: readonly CellChange[];
  readonly metadataChanged: boolean;
  readonly counts: Readonly<Record<CellChange['kind'], number>>;
}

/** What changed from one notebook to the other, cell by cell. */
export function diffNotebooks(before: Notebook, after: Notebook): NotebookDiff {
  const cells = ordered(before, after);
  const counts = { unchanged: 0, added: 0, deleted: 0, modified: 0, moved: 0 };
  for (const cell of cells) counts[cell.kind] += 1;
  return { cells, metadataChanged: !jsonEquals(before.metadata, after.metadata), counts };
}

function ordered(before: Notebook, after: Notebook): CellChange[] {
  const pairs = matchCells(before.cells, after.cells);
  const pairOfAfter = new Map(pairs.map((pair) => [pair.after, pair]));
  const isKept = new Set(pairs.map((pair) => pair.before));
  const changes: CellChange[] = [];
  let next = 0;
  const writeDeleted = (end: number): void => {
    for (; next < end; next += 1) {
      const cell = before.cells[next];
      if (cell !== undefined && !isKept.has(next)) changes.push(deleted(cell, next));
    }
  };
  after.cells.forEach((cell, index) => {
    const pair = pairOfAfter.get(index);
    const origin = pair === undefined ? undefined : before.cells[pair.before];
    if (pair === undefined || origin === undefined) {
      changes.push(added(cell, index));
      return;
    }
    if (!pair.isMoved) writeDeleted(pair.before);
    changes.push(compared({ cell: origin, index: pair.before }, { cell, index }, pair.isMoved));
  });
  writeDeleted(before.cells.length);
  return deletionsFirst(changes);
}

/** Where a cell was replaced by another, what was comes before what is. */
function deletionsFirst(changes: CellChange[]): CellChange[] {
  const sorted: CellChange[] = [];
  let run: CellChange[] = [];
  const flush = (): void => {
    sorted.push(...run.filter((change) => change.kind === 'deleted'));
    sorted.push(...run.filter((change) => change.kind === 'added'));
    run = [];
  };
  for (const change of changes) {
    if (change.kind === 'added' || change.kind === 'deleted') run.push(change);
    else {
      flush();
      sorted.push(change);
    }
  }
  flush();
  return sorted;
}

interface PlacedCell {
  readonly cell: Cell;
  readonly index: number;
}

function compared(before: PlacedCell, after: PlacedCell, isMoved: boolean): CellChange {
  const [from, to] = [before.cell, after.cell];
  const sourceChanged = from.source !== to.source;
  const outputsChanged = !jsonEquals(quietOutputs(from), quietOutputs(to));
  const metadataChanged =
    !jsonEquals(withoutNoise(from.metadata), withoutNoise(to.metadata)) ||
    !jsonEquals(from.attachments, to.attachments);
  const cellTypeChanged = from.cell_type !== to.cell_type;
  const isModified = sourceChanged || outputsChanged || metadataChanged || cellTypeChanged;
  return {
    kind: isMoved ? 'moved' : isModified ? 'modified' : 'unchanged',
    before: view(from, before.index),
    after: view(to, after.index),
    sourceLines: diffLines(from.source, to.source),
    sourceChanged,
    outputsChanged,
    metadataChanged,
    cellTypeChanged,
  };
}

function added(cell: Cell, index: number): CellChange {
  const after = view(cell, index);
  return { ...oneSided, kind: 'added', after, sourceLines: diffLines('', cell.source) };
}

function deleted(cell: Cell, index: number): CellChange {
  const before = view(cell, index);
  return { ...oneSided, kind: 'deleted', before, sourceLines: diffLines(cell.source, '') };
}

const oneSided = {
  sourceChanged: true,
  outputsChanged: false,
  metadataChanged: false,
  cellTypeChanged: false,
} as const;

function view(cell: Cell, index: number): CellView {
  return {
    index,
    id: cell.id ?? null,
    cellType: cell.cell_type,
    source: cell.source,
    outputs: cell.outputs ?? [],
    executionCount: cell.execution_count ?? null,
    metadata: cell.metadata,
  };
}
