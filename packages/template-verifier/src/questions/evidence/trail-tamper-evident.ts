import { checkEach, checkValue, isPresent, isTrue } from '../judge.ts';
import type { Question } from '../question.ts';

export const trailTamperEvident: Question = {
  id: 'trail-tamper-evident',
  group: 'evidence',
  title: {
    english: 'Changes to the trail would show, and the trail is under a key',
    korean: '감사 추적의 변조가 드러나며 키로 암호화됩니다',
  },
  why: {
    english: 'A trail that somebody may rewrite proves nothing.',
    korean: '누군가 고쳐 쓸 수 있는 감사 추적은 아무것도 증명하지 못합니다.',
  },
  reference: 'AWS CloudTrail User Guide, "Validating CloudTrail log file integrity"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::CloudTrail::Trail'), (trail) => [
      checkValue(trail, 'EnableLogFileValidation', isTrue, {
        english: 'Log file validation is off',
        korean: '로그 파일 검증이 꺼져 있습니다',
      }),
      checkValue(trail, 'KMSKeyId', isPresent, {
        english: 'The trail is not under a key',
        korean: '감사 추적이 키로 암호화되지 않았습니다',
      }),
      checkValue(trail, 'IsLogging', isTrue, {
        english: 'The trail is not logging',
        korean: '감사 추적이 기록되고 있지 않습니다',
      }),
    ]),
};
