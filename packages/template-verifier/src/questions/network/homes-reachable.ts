import { coversPort, rulesOf } from '../../graph/network.ts';
import { domainsIn } from '../../graph/studio.ts';
import { checkItems } from '../check-items.ts';
import { broken, checkEach, holds } from '../judge.ts';
import type { Question } from '../question.ts';

const nfsPort = 2049;

export const homesReachable: Question = {
  id: 'homes-reachable',
  group: 'network',
  title: {
    english: 'Studios reach the file system of their homes (NFS, port 2049)',
    korean: '스튜디오에서 홈 파일 시스템(NFS, 2049 포트)에 접근할 수 있습니다',
  },
  why: {
    english: 'Without it every tool is content and no studio starts.',
    korean: '이 포트가 막히면 다른 도구는 모두 정상이라고 하지만 스튜디오가 시작되지 않습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Connect Studio in a VPC to external resources"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) =>
      checkItems(resources, domain, 'DefaultUserSettings.SecurityGroups', (group) => {
        const open = rulesOf(resources, group).find(
          (rule) => rule.direction === 'egress' && coversPort(rule, nfsPort),
        );
        if (open !== undefined) return holds(open.resource, open.path);
        return broken(group, 'SecurityGroupEgress', {
          english: 'No rule lets NFS (TCP 2049) out',
          korean: 'NFS(TCP 2049) 아웃바운드를 허용하는 규칙이 없습니다',
        });
      }),
    ),
};
