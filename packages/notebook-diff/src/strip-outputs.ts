import { omit } from './json.ts';
import { withoutNoise } from './noise.ts';
import type { Notebook } from './notebook.ts';

/** Without what running it wrote: outputs, numbers and times of runs, and the state of widgets. */
export function stripOutputs(notebook: Notebook): Notebook {
  return {
    ...notebook,
    metadata: omit(notebook.metadata, ['widgets']),
    cells: notebook.cells.map((cell) => {
      const metadata = withoutNoise(cell.metadata);
      return cell.cell_type === 'code'
        ? { ...cell, metadata, outputs: [], execution_count: null }
        : { ...cell, metadata };
    }),
  };
}
