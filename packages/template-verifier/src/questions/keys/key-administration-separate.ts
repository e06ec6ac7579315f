import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkSeparation, checkStatements } from './check-separation.ts';

export const keyAdministrationSeparate: Question = {
  id: 'key-administration-separate',
  group: 'keys',
  title: {
    english: 'Whoever administers a key does not use it',
    korean: '키를 관리하는 사람은 그 키를 사용할 수 없습니다',
  },
  why: {
    english:
      'One person who may change the key policy and decrypt needs nobody else to read everything.',
    korean: '키 정책 변경과 복호화를 모두 할 수 있는 사람은 혼자서 모든 데이터를 읽을 수 있습니다.',
  },
  reference: 'AWS KMS Developer Guide, "Default key policy"',
  ask: (model) =>
    checkEach(model.resources.ofType('AWS::KMS::Key'), (key) => [
      ...checkStatements(model, key),
      ...model.identities.map((identity) => checkSeparation(model, key, identity)),
    ]),
};
