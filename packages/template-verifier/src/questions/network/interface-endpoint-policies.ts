import { stranger } from '../../graph/foreign.ts';
import type { Model } from '../../graph/model.ts';
import { isGateway, serviceOf } from '../../graph/network.ts';
import type { Resource } from '../../graph/resource.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import { sampleActions } from '../../policies/sample-actions.ts';
import { checkRefused } from '../check-access.ts';
import { broken, checkEach } from '../judge.ts';
import type { Finding, Question } from '../question.ts';
import { studioEndpoints } from './studio-endpoints.ts';

export const interfaceEndpointPolicies: Question = {
  id: 'interface-endpoint-policies',
  group: 'network',
  title: {
    english: 'Interface endpoints serve this account’s identities alone',
    korean: '인터페이스 엔드포인트는 이 계정의 자격 증명에만 응답합니다',
  },
  why: {
    english:
      'An endpoint without a policy lets credentials of any account through: a way to carry data out.',
    korean: '정책이 없는 엔드포인트는 다른 계정의 자격 증명도 통과시켜 데이터 유출 통로가 됩니다.',
  },
  reference: 'AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies"',
  ask: (model) =>
    checkEach(
      studioEndpoints(model.resources).filter(
        (endpoint) => !isGateway(endpoint) && serviceOf(endpoint) !== 's3',
      ),
      (endpoint) => check(model, endpoint),
    ),
};

function check(model: Model, endpoint: Resource): readonly Finding[] {
  const policies = policiesOf(model, endpoint);
  if (policies.length === 0) {
    const says = {
      english: 'This endpoint has no policy, so everybody may use it for everything',
      korean: '이 엔드포인트에는 정책이 없어 누구나 모든 작업에 사용할 수 있습니다',
    };
    return [broken(endpoint, 'PolicyDocument', says)];
  }
  const prefix = (serviceOf(endpoint) ?? 'any').split('.')[0] ?? 'any';
  return sampleActions(policies, prefix).map((action) =>
    checkRefused(
      model,
      {
        ...{ principal: stranger, action, endpointPolicies: policies },
        ...{ resourceArn: '*', resourceAccount: '999999999999' },
      },
      {
        at: endpoint,
        path: 'PolicyDocument',
        says: {
          english: `Credentials of another account may call "${action}" through this endpoint`,
          korean: `다른 계정의 자격 증명으로 이 엔드포인트에서 "${action}" 작업을 호출할 수 있습니다`,
        },
      },
    ),
  );
}
