import { type Caller, requestTags, resourceTags } from '../../graph/callers.ts';
import type { Model } from '../../graph/model.ts';
import { somebodyElseThan } from '../../graph/somebody-else.ts';
import { checkRefused } from '../check-access.ts';
import type { Finding } from '../question.ts';
import { approvedTypes } from './approved-types.ts';

/** An app in a space has the space's owner and sharing type in its request. */
export function checkForeignSpaces(model: Model, caller: Caller): readonly Finding[] {
  const { identity, person, context } = caller;
  const other = somebodyElseThan(person);
  const about = {
    ...context,
    ...resourceTags('sagemaker', other.tags),
    ...requestTags(person.tags),
    'sagemaker:OwnerUserProfileArn': other.profileArn,
    'sagemaker:SpaceSharingType': 'Private',
  };
  const sizes = { 'sagemaker:InstanceTypes': approvedTypes(model).slice(0, 1) };
  const requests = [
    { action: 'sagemaker:CreateApp', resourceArn: other.appArn, context: { ...about, ...sizes } },
    { action: 'sagemaker:DeleteApp', resourceArn: other.appArn, context: about },
    { action: 'sagemaker:CreateSpace', resourceArn: other.spaceArn, context: about },
    { action: 'sagemaker:UpdateSpace', resourceArn: other.spaceArn, context: about },
    { action: 'sagemaker:DeleteSpace', resourceArn: other.spaceArn, context: about },
  ];
  return requests.map((request) =>
    checkRefused(
      model,
      { identity, ...request },
      {
        at: identity.resource,
        says: {
          english: `"${identity.resource.logicalId}" may call "${request.action}" on what belongs to somebody else`,
          korean: `"${identity.resource.logicalId}"(으)로 다른 사람의 리소스에 "${request.action}" 작업을 할 수 있습니다`,
        },
      },
    ),
  );
}
