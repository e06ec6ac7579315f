import type { Decision, MissingAllow, NearMiss, StatementReport } from './decision.ts';
import { englishPhrases } from './explanation/english-phrases.ts';
import { koreanPhrases } from './explanation/korean-phrases.ts';
import type { Phrases } from './explanation/phrases.ts';

export interface Explanation {
  readonly english: string;
  readonly korean: string;
}

/** One plain sentence in each language: what decided, and for a denial what would have to change. */
export function explain(decision: Decision): Explanation {
  return {
    english: sentence(decision, englishPhrases),
    korean: sentence(decision, koreanPhrases),
  };
}

function sentence(decision: Decision, phrases: Phrases): string {
  const [decider] = decision.deciding;
  const [missing] = decision.missing;
  if (decision.effect === 'explicit-deny' && decider !== undefined) {
    return phrases.explicitDeny(decider);
  }
  if (decision.effect === 'allow' && decider !== undefined) return phrases.allow(decider);
  return phrases.implicitDeny({
    action: decision.action,
    resourceArn: decision.resourceArn,
    missing: missing ?? { kind: 'identity', policies: [] },
    nearMiss: missing && closestMiss(decision, missing),
  });
}

/** Of the statements that could have allowed, the one with the fewest conditions against it. */
function closestMiss({ nearMisses, missing }: Decision, first: MissingAllow): NearMiss | undefined {
  const couldAllow = nearMisses.filter(
    (miss) => miss.effect === 'Allow' && couldFill(miss, first, missing),
  );
  return couldAllow.sort((one, other) => one.failed.length - other.failed.length)[0];
}

/** In one account, the resource's policy can stand in for the identity's. */
function couldFill(
  { kind }: StatementReport,
  first: MissingAllow,
  missing: readonly MissingAllow[],
): boolean {
  if (kind === first.kind) return true;
  const resourceAsked = missing.some((other) => other.kind === 'resource');
  return first.kind === 'identity' && kind === 'resource' && !resourceAsked;
}
