import type { Model } from '../../graph/model.ts';
import type { ReadPolicy } from '../../policies/read-policy.ts';
import { Unknown } from '../../resolve/unknown.ts';
import { broken, holds, outcome, undecided } from '../judge.ts';
import type { Finding, Outcome } from '../question.ts';
import type { IsAsked } from './finding-codes.ts';

/** What the validator of the policy language says, of the kinds that are asked about. */
export function checkWording(model: Model, isAsked: IsAsked): Outcome {
  return outcome(model.policies.flatMap((policy) => checkPolicy(model, policy, isAsked)));
}

function checkPolicy({ wording }: Model, policy: ReadPolicy, isAsked: IsAsked): readonly Finding[] {
  const { resource, path, unknown } = policy;
  const found = wording(policy);
  if (found === undefined) return [undecided(resource, path, unchecked)];
  const findings = found
    .filter(({ severity, code }) => severity === 'error' && isAsked(code))
    .map((finding) =>
      broken(resource, `${path}.${finding.path}`, {
        english: finding.message,
        korean: finding.korean,
      }),
    );
  if (findings.length > 0) return findings;
  return [unknown === undefined ? holds(resource, path) : undecided(resource, path, unknown)];
}

const unchecked = new Unknown({
  english: 'the words of this policy were not looked up',
  korean: '이 정책의 작업과 키를 확인하지 않았습니다',
});
