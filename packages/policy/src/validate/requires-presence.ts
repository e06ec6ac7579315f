import type { ConditionReading } from './read-conditions.ts';

/** True when the condition fails for every request that lacks the key. */
export function requiresPresence({ operator, base, values }: ConditionReading): boolean {
  if (base === 'null') return areAll(values, 'false');
  if (operator.ifExists || operator.qualifier === 'ForAllValues') return false;
  return operator.qualifier === 'ForAnyValue' || !operator.negated;
}

/** True when the condition fails for every request that has the key. */
export function requiresAbsence({ base, values }: ConditionReading): boolean {
  return base === 'null' && areAll(values, 'true');
}

function areAll(values: ConditionReading['values'], wanted: string): boolean {
  return values.length > 0 && values.every(({ value }) => String(value).toLowerCase() === wanted);
}
