import { isEverywhere } from '../../graph/network.ts';
import { at } from '../../graph/resource.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { broken, checkEach, holds, isTrue, undecided } from '../judge.ts';
import type { Question } from '../question.ts';

/** SSH and RDP. */
const adminPorts = [22, 3389];

export const networkAclsClosed: Question = {
  id: 'network-acls-closed',
  group: 'network',
  title: {
    english: 'No network ACL opens the ports of administration to the world',
    korean: '네트워크 ACL이 관리용 포트를 모든 주소에 열어 두지 않습니다',
  },
  why: {
    english: 'Nobody logs in to a studio from outside by SSH or RDP.',
    korean: '외부에서 SSH나 RDP로 스튜디오에 접속할 일이 없습니다.',
  },
  reference: 'Amazon VPC User Guide, "Control subnet traffic with network access control lists"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::EC2::NetworkAclEntry'), (entry) => {
      if (isTrue(at(entry, 'Egress')) || at(entry, 'RuleAction') === 'deny') return holds(entry);
      const [cidr, protocol] = [at(entry, 'CidrBlock'), at(entry, 'Protocol')];
      if (isUnknown(cidr)) return undecided(entry, 'CidrBlock', cidr);
      if (isUnknown(protocol)) return undecided(entry, 'Protocol', protocol);
      const [first, last] = [
        Number(at(entry, 'PortRange.From')),
        Number(at(entry, 'PortRange.To')),
      ];
      const opens =
        String(protocol) === '-1' || adminPorts.some((port) => first <= port && port <= last);
      if (!isEverywhere(cidr) || !opens) return holds(entry);
      return broken(entry, 'CidrBlock', {
        english: 'This entry opens SSH or RDP to every address',
        korean: '이 항목은 SSH 또는 RDP를 모든 주소에 엽니다',
      });
    }),
};
