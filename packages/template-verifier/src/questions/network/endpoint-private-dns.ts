import { isGateway } from '../../graph/network.ts';
import { checkEach, checkValue, isTrue } from '../judge.ts';
import type { Question } from '../question.ts';
import { studioEndpoints } from './studio-endpoints.ts';

export const endpointPrivateDns: Question = {
  id: 'endpoint-private-dns',
  group: 'network',
  title: {
    english: 'Endpoints answer to the names of their services',
    korean: '엔드포인트가 서비스 이름으로 조회됩니다(프라이빗 DNS)',
  },
  why: {
    english:
      'Without private DNS the services’ names lead to public addresses, and studios reach nothing.',
    korean:
      '프라이빗 DNS가 없으면 서비스 이름이 퍼블릭 주소로 조회되어 스튜디오에서 접근할 수 없습니다.',
  },
  reference: 'AWS PrivateLink Guide, "Access an AWS service using an interface VPC endpoint"',
  ask: ({ resources }) =>
    checkEach(
      studioEndpoints(resources).filter((endpoint) => !isGateway(endpoint)),
      (endpoint) =>
        checkValue(endpoint, 'PrivateDnsEnabled', isTrue, {
          english: 'Private DNS is off',
          korean: '프라이빗 DNS가 꺼져 있습니다',
        }),
    ),
};
