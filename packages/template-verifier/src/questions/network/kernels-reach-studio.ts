import { coversPort, rulesOf, type SecurityRule } from '../../graph/network.ts';
import type { Resource } from '../../graph/resource.ts';
import { domainsIn } from '../../graph/studio.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { checkItems } from '../check-items.ts';
import { broken, checkEach, holds, undecided } from '../judge.ts';
import type { Question } from '../question.ts';

/** The first and the last port that apps of one domain speak on. */
const appPorts = [8192, 65535] as const;

export const kernelsReachStudio: Question = {
  id: 'kernels-reach-studio',
  group: 'network',
  title: {
    english: 'Studios and kernels of one group reach each other',
    korean: '같은 보안 그룹의 스튜디오와 커널이 서로 통신할 수 있습니다',
  },
  why: {
    english: 'SageMaker runs the server and the kernels as separate apps; they speak over TCP.',
    korean: 'SageMaker는 서버와 커널을 별도의 앱으로 실행하며, 이들은 TCP로 통신합니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Connect Studio in a VPC to external resources"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) =>
      checkItems(resources, domain, 'DefaultUserSettings.SecurityGroups', (group) =>
        (['ingress', 'egress'] as const).map((direction) => {
          const rules = rulesOf(resources, group).filter((rule) => rule.direction === direction);
          const open = rules.find((rule) => isWithin(rule, group));
          if (open !== undefined) return holds(open.resource, open.path);
          const unknown = rules.map(({ peer }) => peer).find(isUnknown);
          if (unknown !== undefined) return undecided(group, '', unknown);
          return broken(group, '', {
            english: `No rule (${direction}) lets members of this group speak with each other on TCP 8192–65535`,
            korean: `이 그룹 안에서 TCP 8192–65535 통신을 허용하는 규칙(${direction})이 없습니다`,
          });
        }),
      ),
    ),
};

function isWithin(rule: SecurityRule, group: Resource): boolean {
  const reaches =
    rule.peer === group.reference || (rule.cidr !== undefined && rule.peer === undefined);
  return reaches && appPorts.every((port) => coversPort(rule, port));
}
