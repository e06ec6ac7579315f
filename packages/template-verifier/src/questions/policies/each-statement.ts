import type { Model } from '../../graph/model.ts';
import type { ReadPolicy } from '../../policies/read-policy.ts';
import {
  findUnknown,
  isResolvedObject,
  type Resolved,
  type ResolvedObject,
} from '../../resolve/unknown.ts';
import type { Text } from '../../text.ts';
import { broken, holds, outcome, undecided } from '../judge.ts';
import type { Finding, Outcome } from '../question.ts';

type StatementCheck = (statement: ResolvedObject, policy: ReadPolicy) => Text | undefined;

interface StatementOptions {
  readonly kinds?: readonly ReadPolicy['kind'][];
  /** The elements whose unknown values leave the question open. */
  readonly elements: readonly string[];
  /** What is wrong with a statement, if anything. */
  readonly check: StatementCheck;
}

/** Looks at each statement of each policy. */
export function eachStatement(model: Model, options: StatementOptions): Outcome {
  const asked = model.policies.filter(
    ({ kind }) => options.kinds === undefined || options.kinds.includes(kind),
  );
  return outcome(asked.flatMap((policy) => checkPolicy(policy, options)));
}

function checkPolicy(
  policy: ReadPolicy,
  { elements, check }: StatementOptions,
): readonly Finding[] {
  const { resource, path, statements } = policy;
  const findings = statements.map((statement, index) => {
    const at = `${path}.Statement[${index}]`;
    const says = check(statement, policy);
    if (says !== undefined) return broken(resource, at, says);
    const unknown = findUnknown(elements.map((element) => statement[element]));
    return unknown === undefined ? holds(resource, at) : undecided(resource, at, unknown);
  });
  // A document that is unknown as a whole has no statements to look at.
  if (findings.length > 0 || policy.unknown === undefined) return findings;
  return [undecided(resource, path, policy.unknown)];
}

export interface WrittenCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: Resolved;
}

export function conditionsOf({ Condition }: ResolvedObject): readonly WrittenCondition[] {
  if (!isResolvedObject(Condition)) return [];
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    isResolvedObject(keys)
      ? Object.entries(keys).map(([key, values]) => ({ operator, key, values }))
      : [],
  );
}
