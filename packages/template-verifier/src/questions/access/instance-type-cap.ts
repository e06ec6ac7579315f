import { callersIn } from '../../graph/callers.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkUnapproved } from './check-sizes.ts';

export const instanceTypeCap: Question = {
  id: 'instance-type-cap',
  group: 'access',
  title: {
    english: 'Nobody starts a size that is not approved',
    korean: '승인되지 않은 인스턴스 유형은 아무도 시작할 수 없습니다',
  },
  why: {
    english:
      'Hiding sizes in the portal hides them from the page alone; one call to the API starts any.',
    korean:
      '포털에서 유형을 숨겨도 화면에서만 보이지 않을 뿐, API 호출 한 번으로 어떤 유형이든 시작할 수 있습니다.',
  },
  reference:
    'Service Authorization Reference, "Actions, resources, and condition keys for Amazon SageMaker"',
  ask: (model) => outcome(callersIn(model).flatMap((caller) => checkUnapproved(model, caller))),
};
