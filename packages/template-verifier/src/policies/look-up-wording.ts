import {
  type Finding,
  loadVocabulary,
  type ServiceSource,
  servicesNamedBy,
  validatePolicy,
} from '@strongroom/policy';
import { isList, isResolvedObject, isUnknown, type Resolved } from '../resolve/unknown.ts';
import type { ReadPolicy } from './read-policy.ts';

export interface WordingOptions {
  /** Services of one's own that policies name and AWS does not have. */
  readonly ownServices?: readonly ServiceSource[];
}

/** What the validator says to a policy; undefined for one that it was not asked about. */
export type Wording = (policy: ReadPolicy) => readonly Finding[] | undefined;

/** The same document stands in many places; it is looked up once. */
export async function lookUpWording(
  policies: readonly ReadPolicy[],
  { ownServices = [] }: WordingOptions,
): Promise<Wording> {
  const documents = policies.map(({ document }) => withoutUnknowns(document));
  const services = new Set(documents.flatMap(servicesNamedBy));
  const vocabulary = await loadVocabulary({ services, ownServices });
  const known = new Map<string, readonly Finding[]>();
  const findings = new Map<ReadPolicy, readonly Finding[]>();
  for (const [index, policy] of policies.entries()) {
    if (isUnknown(policy.document)) continue;
    const { kind } = policy;
    const text = `${kind} ${JSON.stringify(documents[index])}`;
    const found = known.get(text) ?? validatePolicy(documents[index], { kind, vocabulary });
    known.set(text, found);
    findings.set(policy, found);
  }
  return (policy) => findings.get(policy);
}

/** The validator takes plain JSON: an unknown value may be anything, as `*` may. */
function withoutUnknowns(value: Resolved): unknown {
  if (isUnknown(value)) return '*';
  if (isList(value)) return value.map(withoutUnknowns);
  if (!isResolvedObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutUnknowns(item)]),
  );
}
