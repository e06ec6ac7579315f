import type { Question } from '../question.ts';
import { checkWording } from './check-wording.ts';
import { keyCodes } from './finding-codes.ts';

export const conditionKeysExist: Question = {
  id: 'condition-keys-exist',
  group: 'policies',
  title: {
    english: 'Every condition key in a policy exists',
    korean: '정책의 모든 조건 키가 실제로 있습니다',
  },
  why: {
    english: 'A misspelt key is one that no request has: the condition always holds, or never.',
    korean: '오타가 있는 키는 어떤 요청에도 없으므로 조건이 항상 참이거나 항상 거짓입니다.',
  },
  reference: 'Service Authorization Reference',
  ask: (model) => checkWording(model, keyCodes),
};
