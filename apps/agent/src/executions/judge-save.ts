import type { JsonObject } from '../contents/notebook-shape.ts';
import type { ExecutionRecord } from './execution-record.ts';

/** A page that saves this long after a cell has ended has shown what the cell wrote. */
const shownMilliseconds = 10_000;

/**
 * What a page's save of the notebook means for one record; `cell` is the record's in what was saved.
 * `forgotten` where the person has deleted the cell.
 */
export function judgeSave(
  record: ExecutionRecord,
  cell: JsonObject | undefined,
  options: { readonly now: number; readonly isAlone: boolean },
): 'kept' | 'forgotten' {
  const { now, isAlone } = options;
  if (cell === undefined) {
    // A page that is saved at the same moment may not have known the cell yet.
    return now - record.beganAtMilliseconds > shownMilliseconds ? 'forgotten' : 'kept';
  }
  record.isSavedSince = true;
  if (record.endedAtMilliseconds === undefined) {
    record.isSaved = false;
    return 'kept';
  }
  // Lab writes the number when it has taken all that the cell wrote.
  const hasAll = cell.execution_count === record.executionCount;
  const hasShown = !isAlone && now - record.endedAtMilliseconds > shownMilliseconds;
  if (hasAll || hasShown) record.isReleased = true;
  record.isSaved = record.isReleased;
  return 'kept';
}
