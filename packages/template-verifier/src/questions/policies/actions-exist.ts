import type { Question } from '../question.ts';
import { checkWording } from './check-wording.ts';
import { actionCodes } from './finding-codes.ts';

export const actionsExist: Question = {
  id: 'actions-exist',
  group: 'policies',
  title: {
    english: 'Every action in a policy exists',
    korean: '정책의 모든 작업이 실제로 있습니다',
  },
  why: {
    english: 'A misspelt action in a denial denies nothing, and no tool of AWS says so.',
    korean:
      '거부 문의 작업 이름에 오타가 있으면 아무것도 거부되지 않으며, AWS 도구는 이를 알려 주지 않습니다.',
  },
  reference: 'Service Authorization Reference',
  ask: (model) => checkWording(model, actionCodes),
};
