import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkFlowLogKey as check } from './check-flow-log-key.ts';

export const flowLogsEncrypted: Question = {
  id: 'flow-logs-encrypted',
  group: 'network',
  title: {
    english: 'Flow logs are kept under a key of our own',
    korean: '흐름 로그가 고객 관리형 키로 암호화되어 보관됩니다',
  },
  why: {
    english: 'They say who spoke with whom, and are evidence.',
    korean: '누가 누구와 통신했는지 담고 있는 증적입니다.',
  },
  reference: 'Amazon VPC User Guide, "Publish flow logs to Amazon S3"',
  ask: ({ resources }) =>
    checkEach(resources.ofType('AWS::EC2::FlowLog'), (log) => check(resources, log)),
};
