import { isEverywhere, rulesOf, type SecurityRule } from '../../graph/network.ts';
import { pathOut } from '../../graph/path-out.ts';
import type { Resources } from '../../graph/resources.ts';
import { studioSubnets } from '../../graph/studio.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { broken, checkEach, holds, undecided } from '../judge.ts';
import type { Question } from '../question.ts';
import { groupsOfStudioNetworks } from './groups-of-studio-networks.ts';

const httpsPort = 443;

export const groupsLetNothingOut: Question = {
  id: 'groups-let-nothing-out',
  group: 'network',
  title: {
    english: 'No security group lets everything out',
    korean: '모든 주소로 나갈 수 있게 하는 보안 그룹이 없습니다',
  },
  why: {
    english:
      'With egress open, the first route that somebody adds is a way out. A group that lists no egress is open.',
    korean:
      '아웃바운드가 열려 있으면 경로가 추가되는 즉시 유출 통로가 됩니다. 아웃바운드 규칙을 지정하지 않은 그룹은 모두 열려 있습니다.',
  },
  reference: 'Amazon VPC User Guide, "Security group rules"',
  ask: ({ resources }) =>
    checkEach(groupsOfStudioNetworks(resources), (group) => [
      holds(group),
      ...rulesOf(resources, group)
        .filter(({ direction }) => direction === 'egress')
        .map((rule) => {
          if (isUnknown(rule.cidr)) return undecided(rule.resource, rule.path, rule.cidr);
          if (!isEverywhere(rule.cidr) || isFiltered(resources, rule)) {
            return holds(rule.resource, rule.path);
          }
          return broken(rule.resource, rule.path, {
            english: `Group "${group.logicalId}" lets everything out`,
            korean: `보안 그룹 "${group.logicalId}"이(가) 모든 주소로 나가는 것을 허용합니다`,
          });
        }),
    ]),
};

/** HTTPS to everywhere is what an allow-list of names needs, where a firewall reads the names. */
function isFiltered(resources: Resources, rule: SecurityRule): boolean {
  const onlyHttps =
    rule.protocol === 'tcp' &&
    Number(rule.fromPort) === httpsPort &&
    Number(rule.toPort) === httpsPort;
  if (!onlyHttps) return false;
  const ways = studioSubnets(resources).map((subnet) => pathOut(resources, subnet).kind);
  return ways.length > 0 && ways.every((kind) => kind === 'filtered');
}
