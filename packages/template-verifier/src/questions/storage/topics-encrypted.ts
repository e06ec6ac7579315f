import { checkEach, checkValue, isPresent } from '../judge.ts';
import type { Question } from '../question.ts';

export const topicsEncrypted: Question = {
  id: 'topics-encrypted',
  group: 'storage',
  title: {
    english: 'Messages of alarms are encrypted',
    korean: '알림 메시지가 암호화됩니다',
  },
  why: {
    english: 'They name people, costs and what was refused.',
    korean: '알림에는 사용자, 비용, 거부된 작업의 이름이 담깁니다.',
  },
  reference: 'Amazon SNS Developer Guide, "Securing Amazon SNS data with server-side encryption"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::SNS::Topic'), (topic) =>
      checkValue(topic, 'KmsMasterKeyId', isPresent, {
        english: 'The topic has no key',
        korean: '주제에 키가 없습니다',
      }),
    ),
};
