import { domainsIn } from '../../graph/studio.ts';
import { checkEach, checkValue, isPresent } from '../judge.ts';
import type { Question } from '../question.ts';

export const domainKey: Question = {
  id: 'domain-key',
  group: 'studio',
  title: {
    english: 'Homes and volumes of the domain are under a key of our own',
    korean: '도메인의 홈과 볼륨이 고객 관리형 키로 암호화됩니다',
  },
  why: {
    english: 'The key cannot be added later: the domain would have to be made anew.',
    korean: '키는 나중에 추가할 수 없어 도메인을 다시 만들어야 합니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Protect data at rest using encryption"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) =>
      checkValue(domain, 'KmsKeyId', isPresent, {
        english: 'The domain has no key of our own',
        korean: '도메인에 고객 관리형 키가 없습니다',
      }),
    ),
};
