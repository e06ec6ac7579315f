import { callersIn } from '../../graph/callers.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkForeignSpaces } from './check-foreign-spaces.ts';

export const ownSpaceOnly: Question = {
  id: 'own-space-only',
  group: 'access',
  title: {
    english: 'Nobody starts or changes another person’s space',
    korean: '다른 사람의 스페이스를 시작하거나 변경할 수 없습니다',
  },
  why: {
    english: 'An app in another’s space runs with their files.',
    korean: '다른 사람의 스페이스에서 실행한 앱은 그 사람의 파일에 접근합니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Amazon SageMaker Studio spaces"',
  ask: (model) => outcome(callersIn(model).flatMap((caller) => checkForeignSpaces(model, caller))),
};
