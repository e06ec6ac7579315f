import { pathOut } from '../../graph/path-out.ts';
import { domainsIn } from '../../graph/studio.ts';
import { checkItems } from '../check-items.ts';
import { broken, checkEach, holds, undecided } from '../judge.ts';
import type { Question } from '../question.ts';

export const noPathToInternet: Question = {
  id: 'no-path-to-internet',
  group: 'network',
  title: {
    english: 'Studios have no path to the internet that nothing filters',
    korean: '스튜디오에서 필터링 없이 인터넷으로 나가는 경로가 없습니다',
  },
  why: {
    english: 'A single default route carries data out past every endpoint policy.',
    korean: '기본 경로 하나만 있어도 엔드포인트 정책을 모두 우회하여 데이터가 유출될 수 있습니다.',
  },
  reference: 'Amazon VPC User Guide, "Route tables"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) =>
      checkItems(resources, domain, 'SubnetIds', (subnet) => {
        const path = pathOut(resources, subnet);
        if (path.kind === 'unknown') return undecided(path.route, '', path.unknown);
        if (path.kind !== 'open') return holds(subnet);
        return broken(path.route, '', {
          english: `This route leads from "${subnet.logicalId}" to the internet`,
          korean: `이 경로로 "${subnet.logicalId}"에서 인터넷에 연결됩니다`,
        });
      }),
    ),
};
