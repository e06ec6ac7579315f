import type { Sentence } from '@strongroom/contracts';
import type { ImageStage } from './image-store-options.ts';

/** What a person who waits for an image is told. */
export const stageSentences: Readonly<Record<ImageStage | 'waiting', Sentence>> = {
  waiting: { english: 'Looking for its kernels', korean: '커널을 찾고 있습니다' },
  copying: { english: 'Copying the image', korean: '이미지를 복사하고 있습니다' },
  unpacking: { english: 'Unpacking the image', korean: '이미지를 풀고 있습니다' },
  checking: { english: 'Checking the image', korean: '이미지를 검사하고 있습니다' },
};
