import { holdsFor } from '../conditions/condition-holds.ts';
import type { Operand } from '../conditions/operand.ts';
import { createRequestContext } from '../request-context.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { isEmptyRange } from './empty-range.ts';
import { excludesAllNetworks } from './excluded-networks.ts';
import { findKey } from './find-key.ts';
import { findVariables } from './policy-variables.ts';
import type { ConditionReading } from './read-conditions.ts';
import { requiresAbsence, requiresPresence } from './requires-presence.ts';

/** The last of the conditions on one key that no request can meet together. */
export function findContradiction(
  conditions: readonly ConditionReading[],
  vocabulary: Vocabulary,
): ConditionReading | undefined {
  const byKey = new Map<string, ConditionReading[]>();
  for (const condition of conditions) {
    const key = condition.key.toLowerCase();
    byKey.set(key, [...(byKey.get(key) ?? []), condition]);
  }
  return [...byKey.values()].find((sameKey) => contradict(sameKey, vocabulary))?.at(-1);
}

function contradict(sameKey: readonly ConditionReading[], vocabulary: Vocabulary): boolean {
  // A single condition that nothing meets has its own finding.
  if (sameKey.length < 2 || !sameKey.some(requiresPresence)) return false;
  if (sameKey.some(requiresAbsence)) return true;
  const [{ key } = { key: '' }] = sameKey;
  const found = findKey(vocabulary, key);
  if ((found.kind === 'global' || found.kind === 'service') && found.key.multivalued) return false;
  const single = sameKey.filter(({ operator, base }) => !operator.qualifier && base !== 'null');
  return (
    excludesAllItNames(single) ||
    isEmptyRange(single) ||
    excludesAllNetworks(single) ||
    noCandidatePasses(single)
  );
}

/** The same value asked for and excluded; also with variables and wildcards in it. */
function excludesAllItNames(conditions: readonly ConditionReading[]): boolean {
  const excluded = new Set(
    conditions
      .filter(isNegated)
      .flatMap((condition) =>
        textsOf(condition).map((text) => `${positiveBase(condition)} ${text}`),
      ),
  );
  return conditions.some(
    (condition) =>
      !isNegated(condition) &&
      textsOf(condition).length > 0 &&
      textsOf(condition).every((text) => excluded.has(`${condition.base} ${text}`)),
  );
}

/** `stringnotequals` excludes what `stringequals` asks for. */
function positiveBase({ base }: ConditionReading): string {
  return base.replace('not', '');
}

function isNegated({ operator }: ConditionReading): boolean {
  return operator.negated;
}

/** Operators that name each value they hold for. */
const enumerating = new Set(['stringequals', 'bool', 'numericequals', 'dateequals']);

/** Of the values that one condition names, none passes the others. */
function noCandidatePasses(conditions: readonly ConditionReading[]): boolean {
  const fixed = conditions.filter((condition) => !textsOf(condition).some(hasVariable));
  const source = fixed.find(({ base }) => enumerating.has(base));
  if (source === undefined) return false;
  return !textsOf(source).some((candidate) => fixed.every((one) => passes(one, candidate)));
}

/** Nothing is asked of the context: the values compared have no variables. */
const noContext = createRequestContext({
  principal: { kind: 'anonymous' },
  action: '',
  resource: { arn: '', account: '' },
});

/** As in a Deny, what cannot be compared passes: a doubt is no contradiction. */
function passes(condition: ConditionReading, candidate: string): boolean {
  const operands = textsOf(condition).flatMap((text): Operand[] => {
    const operand = condition.operator.compileOperand?.(text, { variables: false });
    return operand === undefined ? [] : [operand];
  });
  if (operands.length === 0) return true;
  return holdsFor(condition.operator, operands, 'Deny')([candidate], noContext);
}

function textsOf({ values }: ConditionReading): string[] {
  return values.map(({ value }) => String(value));
}

function hasVariable(text: string): boolean {
  return findVariables(text).length > 0;
}
