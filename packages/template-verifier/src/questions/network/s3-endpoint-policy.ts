import { foreignAccount, powerfulColleague, stranger } from '../../graph/foreign.ts';
import type { Model } from '../../graph/model.ts';
import { serviceOf } from '../../graph/network.ts';
import type { Resource } from '../../graph/resource.ts';
import { openToEverybody } from '../../policies/open-to-everybody.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import { checkRefused } from '../check-access.ts';
import { broken, checkEach } from '../judge.ts';
import type { Finding, Question } from '../question.ts';
import { studioEndpoints } from './studio-endpoints.ts';

const foreignObject = 'arn:aws:s3:::a-bucket-of-somebody-else/stolen.csv';

export const s3EndpointPolicy: Question = {
  id: 's3-endpoint-policy',
  group: 'network',
  title: {
    english: 'The S3 endpoint reaches this account’s buckets alone',
    korean: 'S3 엔드포인트로는 이 계정의 버킷에만 접근합니다',
  },
  why: {
    english:
      'Otherwise a studio without internet still uploads to a bucket of anybody in the world.',
    korean: '그렇지 않으면 인터넷이 없는 스튜디오에서도 누구의 버킷에든 업로드할 수 있습니다.',
  },
  reference: 'Amazon S3 User Guide, "Controlling access from VPC endpoints with bucket policies"',
  ask: (model) =>
    checkEach(
      studioEndpoints(model.resources).filter((endpoint) => serviceOf(endpoint) === 's3'),
      (endpoint) => check(model, endpoint),
    ),
};

function check(model: Model, endpoint: Resource): readonly Finding[] {
  const endpointPolicies = policiesOf(model, endpoint);
  if (endpointPolicies.length === 0) {
    const says = {
      english: 'This endpoint has no policy, so it reaches every bucket there is',
      korean: '이 엔드포인트에는 정책이 없어 모든 버킷에 접근할 수 있습니다',
    };
    return [broken(endpoint, 'PolicyDocument', says)];
  }
  const { accountId } = model.resources.surroundings;
  const own = { principal: powerfulColleague(accountId), who: ours };
  const foreign = { principal: stranger, who: theirs };
  return [own, foreign].flatMap(({ principal, who }) =>
    ['s3:PutObject', 's3:GetObject'].map((action) =>
      checkRefused(
        model,
        {
          ...{ principal, action, endpointPolicies, resourceArn: foreignObject },
          resourceAccount: foreignAccount,
          context: { 's3:ResourceAccount': foreignAccount },
          // Whoever owns that bucket lets everybody in.
          resourcePolicies: [openToEverybody(endpoint)],
        },
        { at: endpoint, path: 'PolicyDocument', says: who(action) },
      ),
    ),
  );
}

const ours = (action: string) => ({
  english: `A studio may call "${action}" on a bucket of another account`,
  korean: `스튜디오에서 다른 계정의 버킷에 "${action}" 작업을 할 수 있습니다`,
});

const theirs = (action: string) => ({
  english: `Credentials of another account may call "${action}" on their own bucket`,
  korean: `다른 계정의 자격 증명으로 그 계정의 버킷에 "${action}" 작업을 할 수 있습니다`,
});
