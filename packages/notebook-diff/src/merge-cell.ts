import { type JsonObject, jsonEquals, omit } from './json.ts';
import { mergeJson, mergeObjects } from './merge-json.ts';
import { mergeSource } from './merge-source.ts';
import { quietOutputs } from './noise.ts';
import type { Cell } from './notebook.ts';
import { fittingItsType } from './valid-cells.ts';

export interface MergedCell {
  readonly cell: Cell;
  /** Both changed the same lines, or its type to different ones. */
  readonly isClash: boolean;
}

const ownFields = ['source', 'cell_type', 'outputs', 'execution_count', 'id'];

/** A cell that both have. `base` is undefined where both added it. */
export function mergeCell(base: Cell | undefined, ours: Cell, theirs: Cell): MergedCell {
  if (jsonEquals(ours, theirs) || jsonEquals(theirs, base)) return { cell: ours, isClash: false };
  if (jsonEquals(ours, base)) return { cell: theirs, isClash: false };
  const { source, isClash } = mergeSource(base?.source ?? '', ours.source, theirs.source);
  const cellType = mergeJson(base?.cell_type, ours.cell_type, theirs.cell_type);
  const rest = mergeObjects(
    omit(base ?? {}, ownFields),
    omit(ours, ownFields),
    omit(theirs, ownFields),
  );
  const merged: JsonObject = inOrderOf(ours, {
    ...rest,
    ...(ours.id === undefined ? {} : { id: ours.id }),
    cell_type: cellType,
    source,
    ...mergeRun(base, ours, theirs),
  });
  const haveTypesClashed =
    ours.cell_type !== theirs.cell_type &&
    ours.cell_type !== base?.cell_type &&
    theirs.cell_type !== base?.cell_type;
  return { cell: fittingItsType(merged as unknown as Cell), isClash: isClash || haveTypesClashed };
}

/** Outputs and the number of the run belong together. Theirs only where we have not run it anew. */
function mergeRun(base: Cell | undefined, ours: Cell, theirs: Cell): JsonObject {
  const isOurs =
    base === undefined ||
    !jsonEquals(quietOutputs(ours), quietOutputs(base)) ||
    jsonEquals(quietOutputs(theirs), quietOutputs(base));
  const { outputs, execution_count: count } = isOurs ? ours : theirs;
  return {
    ...(outputs === undefined ? {} : { outputs }),
    ...(count === undefined ? {} : { execution_count: count }),
  };
}

function inOrderOf(example: JsonObject, object: JsonObject): JsonObject {
  const known = Object.keys(example).filter((key) => Object.hasOwn(object, key));
  const others = Object.keys(object).filter((key) => !Object.hasOwn(example, key));
  return Object.fromEntries([...known, ...others].map((key) => [key, object[key]]));
}
