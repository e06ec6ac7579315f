import { itemsOf } from '../../graph/resource.ts';
import type { Resolved } from '../../resolve/unknown.ts';
import type { Question } from '../question.ts';
import { conditionsOf, eachStatement } from './each-statement.ts';

export const forAllValuesGuarded: Question = {
  id: 'for-all-values-guarded',
  group: 'policies',
  title: {
    english: 'No permission rests on ForAllValues alone',
    korean: 'ForAllValues만으로 허용하는 정책이 없습니다',
  },
  why: {
    english: 'ForAllValues holds for no value at all: a request that leaves the key out passes.',
    korean: 'ForAllValues는 값이 하나도 없으면 참이 되어, 키를 생략한 요청이 통과합니다.',
  },
  reference: 'IAM User Guide, "Set operators for multivalued context keys"',
  ask: (model) =>
    eachStatement(model, {
      elements: ['Effect', 'Condition'],
      check(statement) {
        if (statement.Effect !== 'Allow') return undefined;
        const conditions = conditionsOf(statement);
        const guarded = new Set(
          conditions
            .filter(({ operator, values }) => /^null$/i.test(operator) && requiresPresence(values))
            .map(({ key }) => key.toLowerCase()),
        );
        const open = conditions.find(
          ({ operator, key }) =>
            /^forallvalues:/i.test(operator) && !isGuarded(key.toLowerCase(), guarded),
        );
        if (open === undefined) return undefined;
        return {
          english: `A request without "${open.key}" passes`,
          korean: `"${open.key}" 키가 없는 요청이 통과합니다`,
        };
      },
    }),
};

function requiresPresence(values: Resolved): boolean {
  return itemsOf(values).every((value) => String(value) === 'false');
}

/** A request that must have one tag has the list of its tags' keys. */
function isGuarded(key: string, guarded: ReadonlySet<string>): boolean {
  if (guarded.has(key)) return true;
  return key === 'aws:tagkeys' && [...guarded].some((other) => other.startsWith('aws:requesttag/'));
}
