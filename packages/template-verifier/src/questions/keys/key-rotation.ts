import { at, type Resource } from '../../graph/resource.ts';
import { checkEach, checkValue, isTrue } from '../judge.ts';
import type { Question } from '../question.ts';

export const keyRotation: Question = {
  id: 'key-rotation',
  group: 'keys',
  title: {
    english: 'Keys are rotated every year',
    korean: '키가 매년 자동으로 교체됩니다',
  },
  why: {
    english: 'Rotation bounds how much one version of a key ever protects.',
    korean: '키를 교체하면 하나의 키 버전이 보호하는 데이터의 양이 제한됩니다.',
  },
  reference: 'AWS KMS Developer Guide, "Rotate AWS KMS keys"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::KMS::Key').filter(isSymmetric), (key) =>
      checkValue(key, 'EnableKeyRotation', isTrue, {
        english: 'Rotation is off',
        korean: '자동 교체가 꺼져 있습니다',
      }),
    ),
};

/** Other keys cannot be rotated. */
function isSymmetric(key: Resource): boolean {
  return (at(key, 'KeySpec') ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT';
}
