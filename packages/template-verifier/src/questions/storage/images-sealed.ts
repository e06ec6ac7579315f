import { checkEach, checkValue, equals, isTrue } from '../judge.ts';
import type { Question } from '../question.ts';

export const imagesSealed: Question = {
  id: 'images-sealed',
  group: 'storage',
  title: {
    english: 'Repositories of images are encrypted, scanned and never overwritten',
    korean: '이미지 리포지토리는 암호화 및 스캔되고 덮어쓸 수 없습니다',
  },
  why: {
    english: 'An image that is replaced under its name runs in every studio that starts after.',
    korean: '같은 이름으로 바뀐 이미지는 이후 시작되는 모든 스튜디오에서 실행됩니다.',
  },
  reference: 'Amazon ECR User Guide, "Private repositories"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::ECR::Repository'), (repository) => [
      checkValue(repository, 'ImageTagMutability', equals('IMMUTABLE'), {
        english: 'Tags may be moved to another image',
        korean: '태그를 다른 이미지로 바꿀 수 있습니다',
      }),
      checkValue(repository, 'ImageScanningConfiguration.ScanOnPush', isTrue, {
        english: 'Images are not scanned',
        korean: '이미지를 스캔하지 않습니다',
      }),
      checkValue(repository, 'EncryptionConfiguration.EncryptionType', equals('KMS'), {
        english: 'It is not encrypted under a key',
        korean: '키로 암호화되지 않았습니다',
      }),
    ]),
};
