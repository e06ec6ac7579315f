import type { JsonObject } from '../json.ts';
import type { Cell, Notebook } from '../notebook.ts';

export function notebook(cells: readonly Cell[], more: Partial<Notebook> = {}): Notebook {
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5, ...more };
}

export function code(id: string, source: string, more: Partial<Cell> = {}): Cell {
  return {
    cell_type: 'code',
    execution_count: null,
    id,
    metadata: {},
    outputs: [],
    source,
    ...more,
  };
}

export function markdown(id: string, source: string, more: Partial<Cell> = {}): Cell {
  return { cell_type: 'markdown', id, metadata: {}, source, ...more };
}

/** Before nbformat 4.5. */
export function withoutIds(value: Notebook): Notebook {
  const cells = value.cells.map(({ id: _id, ...cell }) => cell as Cell);
  return { ...value, nbformat_minor: 4, cells };
}

export function result(text: string, count: number | null = 1): JsonObject {
  return {
    data: { 'text/plain': text },
    execution_count: count,
    metadata: {},
    output_type: 'execute_result',
  };
}

/** Park and Miller's generator: the same numbers every time. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const words = [
  'load',
  'frame',
  'plot',
  'mean',
  'rate',
  'loan',
  'risk',
  'fit',
  'x',
  'y',
  '=',
  '(',
  ')',
];

export function randomSource(random: () => number): string {
  const lines = Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
    Array.from({ length: 3 + Math.floor(random() * 4) }, () => pick(words, random)).join(' '),
  );
  return lines.join('\n');
}

export function randomNotebook(random: () => number, cellCount: number): Notebook {
  const cells = Array.from({ length: cellCount }, (_, index) => {
    const source = randomSource(random);
    if (random() < 0.3) return markdown(`m${index}`, source);
    return code(`c${index}`, source, { outputs: random() < 0.5 ? [result(`${random()}`)] : [] });
  });
  return notebook(cells, { metadata: { kernelspec: { name: 'python3' } } });
}

/** Adds, deletes, moves, edits, runs. `name` keeps the ids of two people's new cells apart. */
export function randomlyEdited(value: Notebook, random: () => number, name: string): Notebook {
  let cells = [...value.cells];
  const edits = 1 + Math.floor(random() * 6);
  for (let edit = 0; edit < edits; edit += 1) {
    const at = Math.floor(random() * cells.length);
    const cell = cells[at];
    const kind = random();
    if (cell === undefined || kind < 0.25) {
      cells.splice(at, 0, code(`${name}${edit}`, randomSource(random)));
    } else if (kind < 0.4) cells.splice(at, 1);
    else if (kind < 0.55) {
      cells.splice(at, 1);
      cells.splice(Math.floor(random() * (cells.length + 1)), 0, cell);
    } else if (kind < 0.85) {
      const lines = cell.source.split('\n');
      lines.splice(
        Math.floor(random() * lines.length),
        random() < 0.5 ? 1 : 0,
        randomSource(random),
      );
      cells[at] = { ...cell, source: lines.join('\n') };
    } else if (cell.cell_type === 'code') {
      cells[at] = { ...cell, outputs: [result(`${random()}`, 7)], execution_count: 7 };
    } else cells = [...cells, markdown(`${name}-end${edit}`, randomSource(random))];
  }
  return { ...value, cells };
}

function pick<Item>(items: readonly Item[], random: () => number): Item | undefined {
  return items[Math.floor(random() * items.length)];
}
