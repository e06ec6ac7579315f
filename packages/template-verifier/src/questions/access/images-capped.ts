import { callersIn, requestTags, resourceTags } from '../../graph/callers.ts';
import { foreignAccount } from '../../graph/foreign.ts';
import { ownThings } from '../../graph/somebody-else.ts';
import { checkRefused } from '../check-access.ts';
import { notApplicable, outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { approvedTypes } from './approved-types.ts';

export const imagesCapped: Question = {
  id: 'images-capped',
  group: 'access',
  title: {
    english: 'Nobody starts an image that is not approved',
    korean: '승인되지 않은 이미지는 아무도 시작할 수 없습니다',
  },
  why: {
    english: 'An image from elsewhere brings its own tools into the network.',
    korean: '외부 이미지는 네트워크 안에 임의의 도구를 들여옵니다.',
  },
  reference:
    'Service Authorization Reference, "Actions, resources, and condition keys for Amazon SageMaker"',
  ask: (model) =>
    model.resources.ofType('AWS::SageMaker::Image').length === 0
      ? notApplicable
      : outcome(
          callersIn(model).map(({ identity, person, context }) =>
            checkRefused(
              model,
              {
                ...{ identity, action: 'sagemaker:CreateApp' },
                resourceArn: ownThings(person).appArn,
                context: {
                  ...context,
                  ...resourceTags('sagemaker', person.tags),
                  ...requestTags(person.tags),
                  'sagemaker:OwnerUserProfileArn': person.profileArn,
                  'sagemaker:SpaceSharingType': 'Private',
                  'sagemaker:InstanceTypes': approvedTypes(model).slice(0, 1),
                  'sagemaker:ImageArns': [
                    `arn:aws:sagemaker:us-east-1:${foreignAccount}:image/of-somebody-else`,
                  ],
                },
              },
              {
                at: identity.resource,
                says: {
                  english: `"${identity.resource.logicalId}" may start an app on an image that nobody approved`,
                  korean: `"${identity.resource.logicalId}"(으)로 승인되지 않은 이미지의 앱을 시작할 수 있습니다`,
                },
              },
            ),
          ),
        ),
};
