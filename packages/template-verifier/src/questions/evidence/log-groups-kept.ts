import { checkEach, checkValue, isPresent } from '../judge.ts';
import type { Question } from '../question.ts';

export const logGroupsKept: Question = {
  id: 'log-groups-kept',
  group: 'evidence',
  title: {
    english: 'Logs are encrypted and kept for a set time',
    korean: '로그가 암호화되고 정해진 기간 동안 보관됩니다',
  },
  why: {
    english: 'Logs hold what notebooks print.',
    korean: '로그에는 노트북이 출력한 내용이 담깁니다.',
  },
  reference:
    'Amazon CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::Logs::LogGroup'), (group) => [
      checkValue(group, 'KmsKeyId', isPresent, {
        english: 'The log group is not under a key',
        korean: '로그 그룹이 키로 암호화되지 않았습니다',
      }),
      checkValue(group, 'RetentionInDays', isPresent, {
        english: 'The log group has no retention',
        korean: '로그 그룹에 보존 기간이 없습니다',
      }),
    ]),
};
