import {
  coversPort,
  groupsIn,
  isEverywhere,
  isGateway,
  rulesOf,
  type SecurityRule,
} from '../../graph/network.ts';
import { at, itemsOf, type Resource } from '../../graph/resource.ts';
import type { Resources } from '../../graph/resources.ts';
import { studioGroups } from '../../graph/studio.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { checkItems } from '../check-items.ts';
import { broken, checkEach, holds, undecided } from '../judge.ts';
import type { Finding, Question } from '../question.ts';
import { studioEndpoints } from './studio-endpoints.ts';

const httpsPort = 443;

export const endpointsAdmitOnlyStudios: Question = {
  id: 'endpoints-admit-only-studios',
  group: 'network',
  title: {
    english: 'Interface endpoints let studios in on port 443, and not the whole world',
    korean: '인터페이스 엔드포인트는 스튜디오만 443 포트로 접근할 수 있습니다',
  },
  why: {
    english:
      'A closed group cuts studios off; an open one serves whatever else gets into the network.',
    korean:
      '그룹이 닫혀 있으면 스튜디오가 차단되고, 열려 있으면 네트워크의 다른 무엇이든 접근할 수 있습니다.',
  },
  reference: 'AWS PrivateLink Guide, "Configure an interface endpoint"',
  ask: ({ resources }) =>
    checkEach(
      studioEndpoints(resources).filter((endpoint) => !isGateway(endpoint)),
      (endpoint) => check(resources, endpoint),
    ),
};

function check(resources: Resources, endpoint: Resource): readonly Finding[] {
  if (itemsOf(at(endpoint, 'SecurityGroupIds')).length === 0) {
    const says = {
      english: 'This endpoint names no security group, so it has the default group of the network',
      korean: '이 엔드포인트에 보안 그룹이 지정되지 않아 기본 보안 그룹이 적용됩니다',
    };
    return [broken(endpoint, 'SecurityGroupIds', says)];
  }
  const open = checkItems(resources, endpoint, 'SecurityGroupIds', (group) =>
    rulesOf(resources, group)
      .filter(({ direction }) => direction === 'ingress')
      .map((rule) => {
        if (isUnknown(rule.cidr)) return undecided(rule.resource, rule.path, rule.cidr);
        if (!isEverywhere(rule.cidr)) return holds(rule.resource, rule.path);
        return broken(rule.resource, rule.path, {
          english: 'The endpoint is open to every address',
          korean: '엔드포인트가 모든 주소에 열려 있습니다',
        });
      }),
  );
  const rules = groupsIn(resources, at(endpoint, 'SecurityGroupIds')).flatMap((group) =>
    rulesOf(resources, group).filter(({ direction }) => direction === 'ingress'),
  );
  if (open.some(({ verdict }) => verdict === 'unknown')) return open;
  if (rules.some((rule) => coversPort(rule, httpsPort) && admitsStudios(resources, rule)))
    return open;
  const says = {
    english: 'Nothing lets studios in on port 443',
    korean: '스튜디오가 443 포트로 접근하도록 허용하는 규칙이 없습니다',
  };
  return [...open, broken(endpoint, 'SecurityGroupIds', says)];
}

/** By addresses, or by a group that studios are in; any group where theirs are not known. */
function admitsStudios(resources: Resources, { cidr, peer }: SecurityRule): boolean {
  const groups = studioGroups(resources);
  if (cidr !== undefined || isUnknown(peer) || groups.length === 0) return true;
  return groups.some(({ reference }) => reference === peer);
}
