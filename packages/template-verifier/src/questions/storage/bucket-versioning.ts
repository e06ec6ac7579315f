import { bucketsIn } from '../../graph/buckets.ts';
import { checkEach, checkValue, equals } from '../judge.ts';
import type { Question } from '../question.ts';

export const bucketVersioning: Question = {
  id: 'bucket-versioning',
  group: 'storage',
  title: {
    english: 'Buckets keep earlier versions',
    korean: '버킷이 이전 버전을 보관합니다',
  },
  why: {
    english: 'What is overwritten or deleted by mistake can be brought back.',
    korean: '실수로 덮어쓰거나 삭제한 객체를 복구할 수 있습니다.',
  },
  reference: 'Amazon S3 User Guide, "Retaining multiple versions of objects with S3 Versioning"',
  ask: ({ resources }) =>
    checkEach(bucketsIn(resources), (bucket) =>
      checkValue(bucket, 'VersioningConfiguration.Status', equals('Enabled'), {
        english: 'Versioning is off',
        korean: '버전 관리가 꺼져 있습니다',
      }),
    ),
};
