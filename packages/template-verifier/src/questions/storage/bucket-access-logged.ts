import { dataBuckets } from '../../graph/buckets.ts';
import { checkEach, checkValue, isPresent } from '../judge.ts';
import type { Question } from '../question.ts';

export const bucketAccessLogged: Question = {
  id: 'bucket-access-logged',
  group: 'storage',
  title: {
    english: 'Accesses to data are logged by the bucket',
    korean: '버킷이 데이터 접근을 로그로 남깁니다',
  },
  why: {
    english:
      'Requests that IAM never sees, such as by links signed beforehand, stand in these logs too.',
    korean: '미리 서명된 링크 등 IAM에 나타나지 않는 요청도 이 로그에 기록됩니다.',
  },
  reference: 'Amazon S3 User Guide, "Logging requests with server access logging"',
  ask: ({ resources }) =>
    checkEach(dataBuckets(resources), (bucket) =>
      checkValue(bucket, 'LoggingConfiguration.DestinationBucketName', isPresent, {
        english: 'Access logging is off',
        korean: '액세스 로깅이 꺼져 있습니다',
      }),
    ),
};
