import { dataBuckets } from '../../graph/buckets.ts';
import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkOutside } from './check-outside.ts';

export const dataOnlyThroughEndpoints: Question = {
  id: 'data-only-through-endpoints',
  group: 'storage',
  title: {
    english: 'Data is read through the endpoints alone',
    korean: '데이터는 엔드포인트를 통해서만 읽을 수 있습니다',
  },
  why: {
    english: 'Credentials copied out of a notebook are worthless anywhere else.',
    korean: '노트북에서 자격 증명이 유출되더라도 다른 곳에서는 사용할 수 없습니다.',
  },
  reference: 'Amazon S3 User Guide, "Controlling access from VPC endpoints with bucket policies"',
  ask: (model) => checkEach(dataBuckets(model.resources), (bucket) => checkOutside(model, bucket)),
};
