import { domainsIn } from '../../graph/studio.ts';
import { checkItems } from '../check-items.ts';
import { checkEach, checkValue, isTrue } from '../judge.ts';
import type { Question } from '../question.ts';

export const subnetsGiveNoPublicAddresses: Question = {
  id: 'subnets-give-no-public-addresses',
  group: 'network',
  title: {
    english: 'Subnets of studios give out no public addresses',
    korean: '스튜디오 서브넷이 퍼블릭 IP 주소를 할당하지 않습니다',
  },
  why: {
    english: 'A public address makes a machine reachable from outside as soon as a route exists.',
    korean: '퍼블릭 주소가 있으면 경로가 생기는 즉시 외부에서 접근할 수 있습니다.',
  },
  reference: 'Amazon VPC User Guide, "IP addressing for your VPCs and subnets"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) =>
      checkItems(resources, domain, 'SubnetIds', (subnet) =>
        checkValue(subnet, 'MapPublicIpOnLaunch', (value) => !isTrue(value), {
          english: 'Machines in this subnet get public addresses',
          korean: '이 서브넷의 머신에 퍼블릭 주소가 할당됩니다',
        }),
      ),
    ),
};
