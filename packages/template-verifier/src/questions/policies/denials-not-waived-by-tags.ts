import type { Question } from '../question.ts';
import { conditionsOf, eachStatement } from './each-statement.ts';

export const denialsNotWaivedByTags: Question = {
  id: 'denials-not-waived-by-tags',
  group: 'policies',
  title: {
    english: 'No denial is waived by a tag',
    korean: '태그로 피할 수 있는 거부가 없습니다',
  },
  why: {
    english:
      'Conditions of one statement must all hold: a tag beside the real one lets its holder through.',
    korean:
      '한 문의 조건은 모두 참이어야 하므로, 태그 조건이 함께 있으면 태그를 가진 사람은 거부되지 않습니다.',
  },
  reference: 'IAM User Guide, "Conditions with multiple context keys or values"',
  ask: (model) =>
    eachStatement(model, {
      elements: ['Effect', 'Condition'],
      check(statement) {
        if (statement.Effect !== 'Deny') return undefined;
        const conditions = conditionsOf(statement);
        // A tag that must be there says whom the denial binds; one that must not be frees from it.
        const tag = conditions.find(
          ({ operator, key }) =>
            /not/i.test(operator) && /^aws:(?:principal|request)tag\//i.test(key),
        );
        const others = conditions.filter(({ key }) => !/tag\//i.test(key));
        if (tag === undefined || others.length === 0) return undefined;
        return {
          english: `Whoever has another value of "${tag.key}" is not denied`,
          korean: `"${tag.key}" 값이 다르면 거부되지 않습니다`,
        };
      },
    }),
};
