import { checkEach, checkValue, isPresent, isTrue } from '../judge.ts';
import type { Question } from '../question.ts';

export const homesEncrypted: Question = {
  id: 'homes-encrypted',
  group: 'storage',
  title: {
    english: 'Homes are encrypted under a key of our own',
    korean: '홈이 고객 관리형 키로 암호화됩니다',
  },
  why: {
    english: 'Homes hold what people work on, often before anybody has classified it.',
    korean: '홈에는 아직 분류되지 않은 작업 중인 데이터가 담깁니다.',
  },
  reference: 'Amazon EFS User Guide, "Encrypting data at rest"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::EFS::FileSystem'), (fileSystem) => [
      checkValue(fileSystem, 'Encrypted', isTrue, {
        english: 'The file system is not encrypted',
        korean: '파일 시스템이 암호화되지 않았습니다',
      }),
      checkValue(fileSystem, 'KmsKeyId', isPresent, {
        english: 'It is encrypted under a key of AWS',
        korean: 'AWS 관리형 키로 암호화되어 있습니다',
      }),
    ]),
};
