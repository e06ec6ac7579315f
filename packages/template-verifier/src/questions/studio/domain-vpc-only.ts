import { domainsIn } from '../../graph/studio.ts';
import { checkEach, checkValue, equals } from '../judge.ts';
import type { Question } from '../question.ts';

export const domainVpcOnly: Question = {
  id: 'domain-vpc-only',
  group: 'studio',
  title: {
    english: 'Studios use this network alone',
    korean: '스튜디오는 이 네트워크만 사용합니다',
  },
  why: {
    english: 'With PublicInternetOnly, apps reach the internet past the network altogether.',
    korean: 'PublicInternetOnly 모드에서는 앱이 이 네트워크를 거치지 않고 인터넷에 접속합니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Connect Studio in a VPC to external resources"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) =>
      checkValue(domain, 'AppNetworkAccessType', equals('VpcOnly'), {
        english: 'The access type is not "VpcOnly"',
        korean: '네트워크 접근 유형이 "VpcOnly"가 아닙니다',
      }),
    ),
};
