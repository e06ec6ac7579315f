import type { ConditionKey } from '../vocabulary/condition-keys.ts';
import type { StatementReading } from './statement-reading.ts';

/**
 * Can a request for one of the statement's actions have this key of a service? True as long as
 * not every action is known.
 */
export function canHaveKey({ actions }: StatementReading, key: ConditionKey): boolean {
  const name = key.name.toLowerCase();
  if (actions.length === 0) return true;
  return actions.some(({ outcome, negated }) => {
    if (negated || outcome.kind !== 'resolved') return true;
    // A misspelt action says nothing about the keys that its right name has.
    if (outcome.actions.length === 0) return true;
    return outcome.actions.some((action) => action.conditionKeys.has(name));
  });
}
