import { defaultGroupOf } from '../../graph/network.ts';
import { at } from '../../graph/resource.ts';
import { studioVpcs } from '../../graph/studio.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { broken, checkEach, holds, undecided } from '../judge.ts';
import type { Question } from '../question.ts';

export const defaultGroupClosed: Question = {
  id: 'default-group-closed',
  group: 'network',
  title: {
    english: 'The default security group is emptied',
    korean: '기본 보안 그룹의 규칙이 비어 있습니다',
  },
  why: {
    english: 'Whatever is made without a group gets this one, and it lets everything out.',
    korean: '보안 그룹 없이 만든 리소스에는 기본 그룹이 적용되며, 모든 아웃바운드가 허용됩니다.',
  },
  reference: 'Amazon VPC User Guide, "Default security groups for your VPCs"',
  ask: ({ resources }) =>
    checkEach(studioVpcs(resources), (vpc) => {
      // CloudFormation cannot do it by itself; the CDK has a custom resource that does.
      const closing = resources
        .ofType('Custom::VpcRestrictDefaultSG')
        .map((resource) => ({ resource, group: at(resource, 'DefaultSecurityGroupId') }));
      const own = closing.find(({ group }) => group === defaultGroupOf(vpc));
      if (own?.resource.uncertain !== undefined) {
        return undecided(own.resource, '', own.resource.uncertain);
      }
      if (own !== undefined) return holds(own.resource);
      const unknown = closing.map(({ group }) => group).find(isUnknown);
      if (unknown !== undefined) return undecided(vpc, '', unknown);
      return broken(vpc, '', {
        english: 'Nothing takes the rules out of this network’s default group',
        korean: '이 네트워크의 기본 보안 그룹 규칙을 제거하는 설정이 없습니다',
      });
    }),
};
