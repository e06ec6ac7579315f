import { itemsOf } from '../../graph/resource.ts';
import { domainsIn } from '../../graph/studio.ts';
import { checkEach, checkValue } from '../judge.ts';
import type { Question } from '../question.ts';

export const studioGroupsNamed: Question = {
  id: 'studio-groups-named',
  group: 'studio',
  title: {
    english: 'The domain names the security groups of studios',
    korean: '도메인에 스튜디오의 보안 그룹이 지정되어 있습니다',
  },
  why: {
    english: 'Without them apps get the default group of the network.',
    korean: '지정하지 않으면 앱에 네트워크의 기본 보안 그룹이 적용됩니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Connect Studio in a VPC to external resources"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) =>
      checkValue(
        domain,
        'DefaultUserSettings.SecurityGroups',
        (value) => itemsOf(value).length > 0,
        {
          english: 'The default user settings name no security group',
          korean: '기본 사용자 설정에 보안 그룹이 없습니다',
        },
      ),
    ),
};
