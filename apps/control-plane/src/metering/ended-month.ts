import { subjectKey } from './budget-subject.ts';
import type { Slice } from './slices.ts';

/** What ended apps used in one month, added up: a domain has many apps and few combinations of them. */
export class EndedMonth {
  readonly #amounts = new Map<string, number>();
  readonly #slices = new Map<string, Slice>();

  /** By `subjectKey`. */
  get amounts(): ReadonlyMap<string, number> {
    return this.#amounts;
  }

  add(slice: Slice): void {
    const { day, profileName, team, imageName, instanceType } = slice;
    const key = [day, profileName, team, imageName, instanceType].join('\0');
    const before = this.#slices.get(key);
    this.#slices.set(key, before === undefined ? slice : sumOf(before, slice));
    addAmounts(this.#amounts, slice);
  }

  slices(profileName: string | undefined): Slice[] {
    const slices = [...this.#slices.values()];
    if (profileName === undefined) return slices;
    return slices.filter((slice) => slice.profileName === profileName);
  }
}

/** To those whom it concerns: the person, and the team. */
export function addAmounts(
  amounts: Map<string, number>,
  { profileName, team, amount }: Pick<Slice, 'profileName' | 'team' | 'amount'>,
): void {
  for (const key of [
    subjectKey({ kind: 'person', name: profileName }),
    subjectKey({ kind: 'team', name: team }),
  ]) {
    amounts.set(key, (amounts.get(key) ?? 0) + amount);
  }
}

function sumOf(left: Slice, right: Slice): Slice {
  return {
    ...left,
    milliseconds: left.milliseconds + right.milliseconds,
    idleMilliseconds: left.idleMilliseconds + right.idleMilliseconds,
    amount: left.amount + right.amount,
  };
}
