import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkAllowList as check } from './check-allow-list.ts';

export const allowListNamesExact: Question = {
  id: 'allow-list-names-exact',
  group: 'network',
  title: {
    english: 'The egress allow-list names servers exactly',
    korean: '외부 접속 허용 목록에 서버 이름이 정확하게 적혀 있습니다',
  },
  why: {
    english:
      '".amazonaws.com" in the list is every bucket of every account; a leading dot is every name below.',
    korean:
      '목록의 ".amazonaws.com"은 모든 계정의 모든 버킷을 뜻하고, 점으로 시작하는 이름은 하위 도메인 전체를 뜻합니다.',
  },
  reference: 'AWS Network Firewall Developer Guide, "Stateful domain list rule groups"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::NetworkFirewall::RuleGroup'), (group) => check(group)),
};
