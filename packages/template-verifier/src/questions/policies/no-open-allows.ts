import { textsOf } from '../../graph/resource.ts';
import type { Question } from '../question.ts';
import { eachStatement } from './each-statement.ts';

export const noOpenAllows: Question = {
  id: 'no-open-allows',
  group: 'policies',
  title: {
    english: 'No policy allows everything',
    korean: '모든 것을 허용하는 정책이 없습니다',
  },
  why: {
    english: 'One "*" on everything undoes all that stands beside it.',
    korean: '"*" 하나가 나머지 모든 통제를 무력화합니다.',
  },
  reference: 'IAM User Guide, "Security best practices in IAM"',
  ask: (model) =>
    eachStatement(model, {
      ...{ kinds: ['identity'], elements: ['Effect', 'Action', 'Resource'] },
      check({ Effect, Action, Resource }) {
        if (Effect !== 'Allow' || !textsOf(Resource).includes('*')) return undefined;
        const wide = textsOf(Action).find((action) => /^(?:\*|[a-z0-9-]+:\*)$/i.test(action));
        if (wide === undefined) return undefined;
        return {
          english: `"${wide}" is allowed on everything`,
          korean: `모든 리소스에 "${wide}" 작업이 허용됩니다`,
        };
      },
    }),
};
