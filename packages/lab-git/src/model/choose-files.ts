import { type ChangedFile, keyOf } from './changed-file.ts';

export interface ChoiceKeys {
  readonly shiftKey?: boolean;
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
}

export interface Choice {
  readonly keys: ReadonlySet<string>;
  /** Where a range begins. */
  readonly anchor: string | null;
}

export const noChoice: Choice = { keys: new Set(), anchor: null };

/** What is chosen after a click on a file: always files of one group. */
export function chooseFile(
  group: readonly ChangedFile[],
  file: ChangedFile,
  { choice, shiftKey, ctrlKey, metaKey }: ChoiceKeys & { readonly choice: Choice },
): Choice {
  const key = keyOf(file);
  const groupKeys = group.map(keyOf);
  const kept = groupKeys.filter((each) => choice.keys.has(each));
  const anchorIndex = choice.anchor === null ? -1 : groupKeys.indexOf(choice.anchor);
  if (shiftKey === true && anchorIndex !== -1) {
    const index = groupKeys.indexOf(key);
    const range = groupKeys.slice(Math.min(index, anchorIndex), Math.max(index, anchorIndex) + 1);
    return { keys: new Set(range), anchor: choice.anchor };
  }
  if (ctrlKey !== true && metaKey !== true) return { keys: new Set([key]), anchor: key };
  const keys = kept.includes(key) ? kept.filter((each) => each !== key) : [...kept, key];
  return { keys: new Set(keys), anchor: key };
}
