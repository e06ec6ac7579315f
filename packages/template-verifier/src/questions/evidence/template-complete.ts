import type { Question } from '../question.ts';
import { checkComplete } from './check-complete.ts';

export const templateComplete: Question = {
  id: 'template-complete',
  group: 'evidence',
  title: {
    english: 'Everything that will be deployed was looked at',
    korean: '배포될 모든 것을 확인했습니다',
  },
  why: {
    english:
      'What a macro writes, or a nested template that was not given holds, nobody here has seen.',
    korean: '매크로가 만드는 내용이나 주어지지 않은 중첩 템플릿은 확인할 수 없습니다.',
  },
  reference: 'CloudFormation User Guide, "Template macros"',
  ask: ({ resources }) => checkComplete(resources),
};
