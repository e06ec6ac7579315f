import { type Caller, requestTags, resourceTags } from '../../graph/callers.ts';
import type { Model } from '../../graph/model.ts';
import { ownThings } from '../../graph/somebody-else.ts';
import { type Asked, ask } from '../../policies/ask.ts';
import { checkAllowed, checkRefused } from '../check-access.ts';
import type { Finding } from '../question.ts';
import { approvedTypes, systemSize, unapprovedType } from './approved-types.ts';
import { jobRequest } from './job-request.ts';

/** Starting anything that takes a size, for oneself and in order but for the size. */
export function checkUnapproved(model: Model, caller: Caller): readonly Finding[] {
  const [approved = systemSize] = approvedTypes(model);
  // Beside an approved one, too: a rule for all values would let it by.
  const lists = [[unapprovedType], [approved, unapprovedType]];
  const requests = lists.flatMap((list): readonly Asked[] => {
    const size = { 'sagemaker:InstanceTypes': list };
    return [
      ...['sagemaker:CreateApp', 'sagemaker:CreateSpace', 'sagemaker:UpdateSpace'].map((action) =>
        ownRequest(caller, action, size),
      ),
      ...['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob'].map((action) =>
        jobRequest(model, caller, action, size),
      ),
    ];
  });
  return requests.map((request) =>
    checkRefused(model, request, {
      at: caller.identity.resource,
      says: {
        english: `"${caller.identity.resource.logicalId}" may call "${request.action}" with a size that nobody approved`,
        korean: `"${caller.identity.resource.logicalId}"(으)로 승인되지 않은 유형의 "${request.action}" 작업을 할 수 있습니다`,
      },
    }),
  );
}

/** Whoever may create apps at all may create them in each approved size, and of size `system`. */
export function checkApproved(model: Model, caller: Caller): readonly Finding[] {
  const sizes = approvedTypes(model);
  const request = (size: string) =>
    ownRequest(caller, 'sagemaker:CreateApp', { 'sagemaker:InstanceTypes': [size] });
  if (!mayCreateApps(model, request(systemSize))) return [];
  return sizes.map((size) =>
    checkAllowed(model, request(size), {
      at: caller.identity.resource,
      says: {
        english: `"${caller.identity.resource.logicalId}" cannot start an app of size "${size}"`,
        korean: `"${caller.identity.resource.logicalId}"(으)로 "${size}" 유형의 앱을 시작할 수 없습니다`,
      },
    }),
  );
}

function ownRequest(caller: Caller, action: string, size: Asked['context']): Asked {
  const { identity, person, context } = caller;
  const own = ownThings(person);
  return {
    ...{ identity, action },
    resourceArn: action === 'sagemaker:CreateApp' ? own.appArn : own.spaceArn,
    context: {
      ...context,
      ...resourceTags('sagemaker', person.tags),
      ...requestTags(person.tags),
      'sagemaker:OwnerUserProfileArn': person.profileArn,
      'sagemaker:SpaceSharingType': 'Private',
      ...size,
    },
  };
}

/** Allowed, or but for a condition or a denial of this size. */
function mayCreateApps(model: Model, request: Asked): boolean {
  const { decision, effect } = ask(model.resources.surroundings, request);
  if (effect !== 'refused') return true;
  return [...decision.statements].some(
    ({ kind, effect: says }) => kind === 'identity' && says === 'Allow',
  );
}
