import type { Question } from '../question.ts';
import { checkWording } from './check-wording.ts';
import { otherCodes } from './finding-codes.ts';

export const policiesReadable: Question = {
  id: 'policies-readable',
  group: 'policies',
  title: {
    english: 'Every policy is one that AWS takes',
    korean: '모든 정책이 AWS에서 허용되는 형식입니다',
  },
  why: {
    english:
      'A document that AWS refuses stops the deployment; one that it takes and reads otherwise is worse.',
    korean: 'AWS가 거부하는 문서는 배포를 중단시키고, 다르게 해석되는 문서는 더 위험합니다.',
  },
  reference: 'IAM User Guide, "Grammar of the IAM JSON policy language"',
  ask: (model) => checkWording(model, otherCodes),
};
