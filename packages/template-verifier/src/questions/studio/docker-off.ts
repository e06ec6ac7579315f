import { domainsIn } from '../../graph/studio.ts';
import { checkEach, checkValue } from '../judge.ts';
import type { Question } from '../question.ts';

export const dockerOff: Question = {
  id: 'docker-off',
  group: 'studio',
  title: {
    english: 'Docker is off in studios',
    korean: '스튜디오에서 Docker를 사용할 수 없습니다',
  },
  why: {
    english: 'It runs code beside the studio that none of its controls was made for.',
    korean: 'Docker는 스튜디오의 통제가 적용되지 않는 코드를 실행할 수 있게 합니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Local mode and Docker support"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) =>
      checkValue(
        domain,
        'DomainSettings.DockerSettings.EnableDockerAccess',
        (value) => value !== 'ENABLED',
        { english: 'Docker access is enabled', korean: 'Docker 접근이 켜져 있습니다' },
      ),
    ),
};
