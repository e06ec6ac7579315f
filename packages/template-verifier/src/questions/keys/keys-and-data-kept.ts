import { broken, checkEach, holds, undecided } from '../judge.ts';
import type { Question } from '../question.ts';

const kept = ['AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::EFS::FileSystem'] as const;

export const keysAndDataKept: Question = {
  id: 'keys-and-data-kept',
  group: 'keys',
  title: {
    english: 'Keys, buckets and homes outlive their stack',
    korean: '스택을 삭제해도 키, 버킷, 홈은 남습니다',
  },
  why: {
    english: 'A stack that is deleted by mistake must not take the data or its keys along.',
    korean: '실수로 스택을 삭제하더라도 데이터와 키가 함께 삭제되어서는 안 됩니다.',
  },
  reference: 'CloudFormation Template Reference, "DeletionPolicy attribute"',
  ask: ({ resources }) =>
    checkEach(resources.ofType(...kept), (resource) => {
      const { deletionPolicy = 'Delete' } = resource;
      if (deletionPolicy !== 'Delete') {
        return resource.uncertain === undefined
          ? holds(resource)
          : undecided(resource, '', resource.uncertain);
      }
      return broken(resource, '', {
        english: 'Its deletion policy is "Delete"',
        korean: '삭제 정책이 "Delete"입니다',
      });
    }),
};
