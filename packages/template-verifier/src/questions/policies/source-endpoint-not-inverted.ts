import type { Question } from '../question.ts';
import { conditionsOf, eachStatement } from './each-statement.ts';

export const sourceEndpointNotInverted: Question = {
  id: 'source-endpoint-not-inverted',
  group: 'policies',
  title: {
    english: 'No policy has aws:SourceVpce the wrong way round',
    korean: 'aws:SourceVpce 조건이 거꾸로 된 정책이 없습니다',
  },
  why: {
    english:
      'A deny for the own endpoint, or an allow for all others, does the opposite of what it looks like.',
    korean:
      '자신의 엔드포인트를 거부하거나 나머지를 모두 허용하는 조건은 의도와 반대로 동작합니다.',
  },
  reference: 'Amazon S3 User Guide, "Controlling access from VPC endpoints with bucket policies"',
  ask: (model) =>
    eachStatement(model, {
      elements: ['Effect', 'Condition'],
      check(statement) {
        const wrong = conditionsOf(statement).find(({ operator, key }) => {
          if (!/^aws:sourcevpce?$/i.test(key) || /^null$/i.test(operator)) return false;
          const negated = /not/i.test(operator);
          return (statement.Effect === 'Deny') !== negated;
        });
        if (wrong === undefined) return undefined;
        return statement.Effect === 'Deny'
          ? {
              english: 'It denies the endpoint that it should let in',
              korean: '허용해야 할 엔드포인트를 거부합니다',
            }
          : {
              english: 'It allows every endpoint but the one it names',
              korean: '지정한 엔드포인트를 제외한 모든 곳을 허용합니다',
            };
      },
    }),
};
