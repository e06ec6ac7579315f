import { powerfulColleague } from '../../graph/foreign.ts';
import type { Model } from '../../graph/model.ts';
import type { Resource } from '../../graph/resource.ts';
import { type Asked, ask } from '../../policies/ask.ts';
import type { Identity } from '../../policies/identity.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import { type ReadPolicy, readPolicy } from '../../policies/read-policy.ts';
import type { Text } from '../../text.ts';
import { checkRefused } from '../check-access.ts';
import { holds } from '../judge.ts';
import type { Finding } from '../question.ts';
import { keyAdministration, keyUse } from './key-actions.ts';

/** No identity of the templates has both, by whatever policies. */
export function checkSeparation(model: Model, key: Resource, identity: Identity): Finding {
  return separate(model, key, {
    who: { identity, resourcePolicies: policiesOf(model, key) },
    says: {
      english: `"${identity.resource.logicalId}" may both administer and use this key`,
      korean: `"${identity.resource.logicalId}"이(가) 이 키를 관리하면서 사용할 수도 있습니다`,
    },
  });
}

/**
 * No statement of the key's policy hands both to the account at once. Two statements may: then the
 * account's own policies say who is which.
 */
export function checkStatements(model: Model, key: Resource): readonly Finding[] {
  const principal = powerfulColleague(model.resources.surroundings.accountId);
  return policiesOf(model, key)
    .flatMap(statementByStatement)
    .map((policy) =>
      separate(model, key, {
        who: { principal, resourcePolicies: [policy] },
        says: {
          english: 'One statement lets the same people both administer and use this key',
          korean: '하나의 문으로 같은 주체가 이 키를 관리하면서 사용할 수도 있습니다',
        },
      }),
    );
}

function statementByStatement(policy: ReadPolicy): readonly ReadPolicy[] {
  if (policy.statements.length === 0) return [policy];
  return policy.statements.map((statement) =>
    readPolicy({ ...policy, document: { Version: '2012-10-17', Statement: [statement] } }),
  );
}

interface Separation {
  readonly who: Pick<Asked, 'identity' | 'principal' | 'resourcePolicies'>;
  readonly says: Text;
}

function separate(model: Model, key: Resource, { who, says }: Separation): Finding {
  const request = (action: string): Asked => ({
    ...{ ...who, action, resourceArn: key.arn ?? '*', resourcePolicyRequired: true },
  });
  const may = (actions: readonly string[]) =>
    actions
      .map(request)
      .find((asked) => ask(model.resources.surroundings, asked).effect !== 'refused');
  const [administers, uses] = [may(keyAdministration), may(keyUse)];
  if (administers === undefined || uses === undefined) return holds(key, 'KeyPolicy');
  const place = { at: key, path: 'KeyPolicy', says };
  const administration = checkRefused(model, administers, place);
  const use = checkRefused(model, uses, place);
  if (use.verdict === 'unknown') return use;
  if (administration.verdict === 'unknown') return administration;
  return { ...use, statements: [...administration.statements, ...use.statements] };
}
