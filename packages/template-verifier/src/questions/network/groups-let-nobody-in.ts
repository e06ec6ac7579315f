import { isEverywhere, rulesOf } from '../../graph/network.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { broken, checkEach, holds, undecided } from '../judge.ts';
import type { Question } from '../question.ts';
import { groupsOfStudioNetworks } from './groups-of-studio-networks.ts';

export const groupsLetNobodyIn: Question = {
  id: 'groups-let-nobody-in',
  group: 'network',
  title: {
    english: 'No security group lets the whole world in',
    korean: '모든 주소에서 들어올 수 있게 하는 보안 그룹이 없습니다',
  },
  why: {
    english: 'Nothing outside has business with a studio or its endpoints.',
    korean: '외부에서 스튜디오나 엔드포인트로 직접 접속할 이유가 없습니다.',
  },
  reference: 'Amazon VPC User Guide, "Security group rules"',
  ask: ({ resources }) =>
    checkEach(groupsOfStudioNetworks(resources), (group) => [
      holds(group),
      ...rulesOf(resources, group)
        .filter(({ direction }) => direction === 'ingress')
        .map((rule) => {
          if (isUnknown(rule.cidr)) return undecided(rule.resource, rule.path, rule.cidr);
          if (!isEverywhere(rule.cidr)) return holds(rule.resource, rule.path);
          return broken(rule.resource, rule.path, {
            english: `Group "${group.logicalId}" lets every address in`,
            korean: `보안 그룹 "${group.logicalId}"이(가) 모든 주소의 접근을 허용합니다`,
          });
        }),
    ]),
};
