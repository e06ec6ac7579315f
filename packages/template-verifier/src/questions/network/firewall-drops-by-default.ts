import { textsOf } from '../../graph/resource.ts';
import { checkEach, checkValue } from '../judge.ts';
import type { Question } from '../question.ts';

const dropping = ['aws:drop_strict', 'aws:drop_established', 'aws:drop_established_app_layer'];

export const firewallDropsByDefault: Question = {
  id: 'firewall-drops-by-default',
  group: 'network',
  title: {
    english: 'The firewall drops what no rule names',
    korean: '방화벽은 규칙에 없는 트래픽을 차단합니다',
  },
  why: {
    english: 'An allow-list in front of an open end allows everything.',
    korean: '기본 동작이 차단이 아니면 허용 목록이 있어도 모든 트래픽이 통과합니다.',
  },
  reference:
    'AWS Network Firewall Developer Guide, "Managing evaluation order for Suricata compatible rules"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::NetworkFirewall::FirewallPolicy'), (policy) =>
      checkValue(
        policy,
        'FirewallPolicy.StatefulDefaultActions',
        (value) => textsOf(value).some((action) => dropping.includes(action)),
        { english: 'The default actions do not drop', korean: '기본 동작에 차단이 없습니다' },
      ),
    ),
};
