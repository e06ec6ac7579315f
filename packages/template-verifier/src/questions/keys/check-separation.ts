import { powerfulColleague } from '../../graph/foreign.ts';
import type { Model } from '../../graph/model.ts';
import type { Resource } from '../../graph/resource.ts';
import type { Identity } from '../../policies/identity.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import { checkRefused } from '../check-access.ts';
import { holds } from '../judge.ts';
import type { Finding } from '../question.ts';
import { keyAdministration, keyUse } from './key-actions.ts';

/** An identity of the templates, or whoever has full access in the account by policies of their own. */
export function checkSeparation(
  model: Model,
  key: Resource,
  identity: Identity | undefined,
): Finding {
  const principal = powerfulColleague(model.resources.surroundings.accountId);
  const findings = (actions: readonly string[]) =>
    actions.map((action) =>
      checkRefused(
        model,
        {
          ...(identity === undefined ? { principal } : { identity }),
          ...{ action, resourceArn: key.arn ?? '*', resourcePolicyRequired: true },
          resourcePolicies: policiesOf(model, key),
        },
        { at: key, path: 'KeyPolicy', says: says(identity) },
      ),
    );
  const [administers, uses] = [findings(keyAdministration), findings(keyUse)];
  const may = (list: readonly Finding[]) => list.find(({ verdict }) => verdict !== 'holds');
  const [administration, use] = [may(administers), may(uses)];
  if (administration === undefined || use === undefined) return holds(key, 'KeyPolicy');
  if (use.verdict === 'unknown') return use;
  if (administration.verdict === 'unknown') return administration;
  return { ...use, statements: [...administration.statements, ...use.statements] };
}

function says(identity: Identity | undefined) {
  return identity === undefined
    ? {
        english: 'Any administrator of the account may both administer and use this key',
        korean: '계정의 관리자라면 누구나 이 키를 관리하면서 사용할 수도 있습니다',
      }
    : {
        english: `"${identity.resource.logicalId}" may both administer and use this key`,
        korean: `"${identity.resource.logicalId}"이(가) 이 키를 관리하면서 사용할 수도 있습니다`,
      };
}
