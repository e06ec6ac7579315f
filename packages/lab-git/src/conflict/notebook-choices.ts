import type { ConflictChoice, ConflictChoices } from '@strongroom/notebook-diff';
import type { Decision } from './text-merge.ts';

/** The decisions about cells, as the merge of notebooks takes them. */
export function notebookChoices(decisions: ReadonlyMap<number, Decision>): ConflictChoices {
  return new Map(
    [...decisions].map(([index, decision]): [number, ConflictChoice] => [
      index,
      typeof decision === 'object' ? { source: decision.text } : decision,
    ]),
  );
}
