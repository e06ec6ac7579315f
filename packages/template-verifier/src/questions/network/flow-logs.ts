import { at } from '../../graph/resource.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { broken, checkEach, checkValue, equals, undecided } from '../judge.ts';
import type { Question } from '../question.ts';

export const flowLogs: Question = {
  id: 'flow-logs',
  group: 'network',
  title: {
    english: 'Every connection in the network is logged',
    korean: '네트워크의 모든 연결이 기록됩니다',
  },
  why: {
    english: 'Without flow logs nobody can show what a studio did not reach.',
    korean: '흐름 로그가 없으면 스튜디오가 어디에 접근하지 않았는지 증명할 수 없습니다.',
  },
  reference: 'Amazon VPC User Guide, "Logging IP traffic using VPC Flow Logs"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::EC2::VPC'), (vpc) => {
      const logs = resources.ofType('AWS::EC2::FlowLog');
      const own = logs.filter((log) => at(log, 'ResourceId') === vpc.reference);
      const [first] = own;
      if (first === undefined) {
        const unknown = logs.map((log) => at(log, 'ResourceId')).find(isUnknown);
        return unknown === undefined
          ? broken(vpc, '', {
              english: 'This network has no flow log',
              korean: '이 네트워크에 흐름 로그가 없습니다',
            })
          : undecided(vpc, '', unknown);
      }
      const complete = own.find((log) => at(log, 'TrafficType') === 'ALL') ?? first;
      if (complete.uncertain !== undefined) return undecided(complete, '', complete.uncertain);
      return checkValue(complete, 'TrafficType', equals('ALL'), {
        english: 'Only a part of the traffic is logged',
        korean: '트래픽의 일부만 기록됩니다',
      });
    }),
};
