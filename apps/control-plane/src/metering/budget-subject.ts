/** One person or team, as budgets know them. */
export interface BudgetSubject {
  readonly kind: 'person' | 'team';
  readonly name: string;
}

/** What a month has cost, by `subjectKey`. */
export type Amounts = ReadonlyMap<string, number>;

export function subjectKey({ kind, name }: BudgetSubject): string {
  return `${kind} ${name}`;
}

export function concerns(
  { kind, name }: BudgetSubject,
  app: { readonly profileName: string; readonly team: string },
): boolean {
  return (kind === 'person' ? app.profileName : app.team) === name;
}
