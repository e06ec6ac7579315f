import { dataBuckets } from '../../graph/buckets.ts';
import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkReach } from './check-reach.ts';

export const studiosReachTheirData: Question = {
  id: 'studios-reach-their-data',
  group: 'storage',
  title: {
    english: 'Studios reach their buckets through the endpoint',
    korean: '스튜디오에서 엔드포인트를 통해 버킷에 접근할 수 있습니다',
  },
  why: {
    english:
      'A deny that is written the wrong way round shuts out exactly those whom it should let in.',
    korean: '조건이 거꾸로 된 거부 문은 허용해야 할 사용자를 오히려 차단합니다.',
  },
  reference: 'Amazon S3 User Guide, "Controlling access from VPC endpoints with bucket policies"',
  ask: (model) =>
    checkEach(dataBuckets(model.resources), (bucket) =>
      model.identities
        .filter(({ isExecutionRole }) => isExecutionRole)
        .flatMap((identity) => checkReach(model, bucket, identity)),
    ),
};
