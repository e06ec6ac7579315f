import { foreignEndpoint, fromInternet } from '../../graph/through-endpoint.ts';
import { checkRefused } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { openersIn, ownProfile } from './openers.ts';

export const studioOpensThroughEndpointOnly: Question = {
  id: 'studio-opens-through-endpoint-only',
  group: 'access',
  title: {
    english: 'A studio is opened through the endpoint alone',
    korean: '스튜디오는 엔드포인트를 통해서만 열 수 있습니다',
  },
  why: {
    english: 'A presigned URL is a bearer token: whoever has it, from wherever, has the studio.',
    korean:
      '미리 서명된 URL은 소지자 토큰입니다. 어디서든 이 URL을 가진 사람이 스튜디오를 열 수 있습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Connect to Studio through an interface VPC endpoint"',
  ask: (model) =>
    outcome(
      openersIn(model).flatMap(({ caller, bare }) =>
        [fromInternet, foreignEndpoint].map((from) =>
          checkRefused(model, ownProfile(caller, { ...bare, ...from }), {
            at: caller.identity.resource,
            says: {
              english: `"${caller.identity.resource.logicalId}" opens a studio from outside the endpoints`,
              korean: `"${caller.identity.resource.logicalId}"(으)로 엔드포인트 밖에서 스튜디오를 열 수 있습니다`,
            },
          }),
        ),
      ),
    ),
};
