import { spacesIn } from '../../graph/studio.ts';
import { checkEach, checkValue, equals, isPresent } from '../judge.ts';
import type { Question } from '../question.ts';

export const spacesPrivate: Question = {
  id: 'spaces-private',
  group: 'studio',
  title: {
    english: 'Spaces belong to one person each',
    korean: '각 스페이스는 한 사람의 것입니다',
  },
  why: {
    english: 'A shared space shows everybody in the domain what its owner does.',
    korean: '공유 스페이스에서는 도메인의 모든 사용자가 소유자의 작업을 볼 수 있습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Amazon SageMaker Studio spaces"',
  ask: ({ resources }) =>
    checkEach(spacesIn(resources), (space) => [
      checkValue(space, 'SpaceSharingSettings.SharingType', equals('Private'), {
        english: 'The space is not private',
        korean: '스페이스가 비공개가 아닙니다',
      }),
      checkValue(space, 'OwnershipSettings.OwnerUserProfileName', isPresent, {
        english: 'The space has no owner',
        korean: '스페이스에 소유자가 없습니다',
      }),
    ]),
};
