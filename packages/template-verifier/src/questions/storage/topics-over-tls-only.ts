import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkOverTlsOnly } from './check-over-tls-only.ts';

export const topicsOverTlsOnly: Question = {
  id: 'topics-over-tls-only',
  group: 'storage',
  title: {
    english: 'Topics take messages over TLS alone',
    korean: '주제는 TLS로만 메시지를 받습니다',
  },
  why: {
    english:
      'Alarms name people and what was refused; over plain HTTP they can be read on the way.',
    korean: '알림에는 사용자와 거부된 작업이 담기며, 평문 HTTP로는 전송 중에 노출될 수 있습니다.',
  },
  reference: 'Amazon SNS Developer Guide, "Amazon SNS security best practices"',
  ask: (model) =>
    checkEach(model.resources.ofType('AWS::SNS::Topic'), (topic) =>
      checkOverTlsOnly(model, topic, {
        action: 'sns:Publish',
        says: {
          english: 'Messages may be published over plain HTTP',
          korean: '평문 HTTP로 메시지를 게시할 수 있습니다',
        },
      }),
    ),
};
