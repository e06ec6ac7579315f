import { itemsOf } from '../../graph/resource.ts';
import { checkEach, checkValue } from '../judge.ts';
import type { Question } from '../question.ts';

export const spendingWatched: Question = {
  id: 'spending-watched',
  group: 'evidence',
  title: {
    english: 'Somebody is told before the money is gone',
    korean: '예산이 소진되기 전에 알림을 보냅니다',
  },
  why: {
    english: 'A forgotten machine costs more in a month than most incidents.',
    korean: '잊고 켜 둔 머신의 한 달 비용이 웬만한 사고보다 큽니다.',
  },
  reference: 'AWS Cost Management User Guide, "Managing your costs with AWS Budgets"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::Budgets::Budget'), (budget) =>
      checkValue(budget, 'NotificationsWithSubscribers', (value) => itemsOf(value).length > 0, {
        english: 'Nobody is told about this budget',
        korean: '이 예산의 알림을 받는 사람이 없습니다',
      }),
    ),
};
