import type { ConflictAnswer, ConflictQuestion } from './dialogs.ts';
import { freeName } from './free-name.ts';

export interface Arrival<Item> {
  readonly item: Item;
  /** Where it goes: one name, no slash. */
  readonly name: string;
}

/**
 * Decides, before anything is copied, under which name each thing arrives; what is skipped is not in
 * the answer. `null` where the person would rather not.
 */
export async function resolveConflicts<Item extends { readonly name: string; isFolder: boolean }>(
  items: readonly Item[],
  options: {
    readonly isTaken: (name: string, item: Item) => Promise<boolean>;
    readonly ask: (question: ConflictQuestion) => Promise<ConflictAnswer>;
  },
): Promise<readonly Arrival<Item>[] | null> {
  const { isTaken, ask } = options;
  const arrivals: Arrival<Item>[] = [];
  for (const item of items) {
    const { name } = item;
    const answer = (await isTaken(name, item)) ? await ask(item) : 'replace';
    if (answer === 'cancel') return null;
    if (answer === 'skip') continue;
    const isFree = answer === 'replace';
    const arrivingName = isFree ? name : await freeName(name, (each) => isTaken(each, item));
    arrivals.push({ item, name: arrivingName });
  }
  return arrivals;
}
