import { type JsonObject, omit } from './json.ts';
import type { Cell } from './notebook.ts';

/** Written by each run, said by nobody: times of execution, and whether this computer trusts the cell. */
const noisyMetadata = ['execution', 'ExecuteTime', 'trusted'];

export function withoutNoise(metadata: JsonObject): JsonObject {
  return omit(metadata, noisyMetadata);
}

/** Outputs without the number of the run that made them. */
export function quietOutputs(cell: Cell): JsonObject[] {
  return (cell.outputs ?? []).map((output) =>
    'execution_count' in output ? omit(output, ['execution_count']) : output,
  );
}
