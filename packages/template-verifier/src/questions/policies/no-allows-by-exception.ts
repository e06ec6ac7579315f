import type { Question } from '../question.ts';
import { eachStatement } from './each-statement.ts';

const exceptions = ['NotAction', 'NotResource', 'NotPrincipal'] as const;

export const noAllowsByException: Question = {
  id: 'no-allows-by-exception',
  group: 'policies',
  title: {
    english: 'No policy allows by naming what it does not allow',
    korean: '제외 방식으로 허용하는 정책이 없습니다',
  },
  why: {
    english:
      'With NotAction, NotResource or NotPrincipal, whatever AWS adds tomorrow is allowed today.',
    korean:
      'NotAction, NotResource, NotPrincipal로 허용하면 AWS가 나중에 추가하는 모든 것이 미리 허용됩니다.',
  },
  reference: 'IAM User Guide, "IAM JSON policy elements: NotAction"',
  ask: (model) =>
    eachStatement(model, {
      elements: ['Effect'],
      check(statement) {
        if (statement.Effect !== 'Allow') return undefined;
        const element = exceptions.find((name) => statement[name] !== undefined);
        if (element === undefined) return undefined;
        return {
          english: `"${element}" stands in a statement that allows`,
          korean: `허용하는 문에 "${element}"이(가) 있습니다`,
        };
      },
    }),
};
