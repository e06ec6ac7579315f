import { callersIn } from '../../graph/callers.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkApproved } from './check-sizes.ts';

export const approvedSizeStarts: Question = {
  id: 'approved-size-starts',
  group: 'access',
  title: {
    english: 'People start what is approved',
    korean: '승인된 유형은 시작할 수 있습니다',
  },
  why: {
    english:
      'A list of sizes without "system" stops every studio, because its own server has that size.',
    korean:
      '유형 목록에 "system"이 없으면 스튜디오 서버를 시작할 수 없어 모든 스튜디오가 멈춥니다.',
  },
  reference:
    'Service Authorization Reference, "Actions, resources, and condition keys for Amazon SageMaker"',
  ask: (model) => outcome(callersIn(model).flatMap((caller) => checkApproved(model, caller))),
};
