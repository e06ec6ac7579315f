import { type Caller, requestTags, resourceTags } from '../../graph/callers.ts';
import type { Model } from '../../graph/model.ts';
import { ownThings, somebodyElseThan } from '../../graph/somebody-else.ts';
import type { Asked } from '../../policies/ask.ts';
import { checkRefused } from '../check-access.ts';
import type { Finding } from '../question.ts';
import { unapprovedType } from './approved-types.ts';
import { jobRequest } from './job-request.ts';

const otherNetwork = { 'sagemaker:VpcSubnets': ['subnet-0123456789abcdef0'] };
const otherGroups = { 'sagemaker:VpcSecurityGroupIds': ['sg-0123456789abcdef0'] };

/** People: nobody else's studio, and no tag of a profile. */
export function checkPeople(model: Model, caller: Caller): readonly Finding[] {
  const { identity, person, context } = caller;
  const other = somebodyElseThan(person);
  const request = (action: string, resourceArn: string, tags: typeof other.tags): Asked => ({
    ...{ identity, action, resourceArn },
    context: { ...context, ...resourceTags('sagemaker', tags) },
  });
  const open = 'sagemaker:CreatePresignedDomainUrl';
  return [
    request(open, other.profileArn, other.tags),
    request('sagemaker:AddTags', person.profileArn, person.tags),
    request('sagemaker:DeleteTags', other.profileArn, other.tags),
  ].map((asked) => refused(model, caller, asked));
}

/** Notebooks: no studio at all, nobody else's space, and no job outside the network or too large. */
export function checkNotebooks(model: Model, caller: Caller): readonly Finding[] {
  const { identity, person, context } = caller;
  const other = somebodyElseThan(person);
  const about = {
    ...context,
    ...requestTags(person.tags),
    ...resourceTags('sagemaker', other.tags),
    'sagemaker:OwnerUserProfileArn': other.profileArn,
  };
  const job = (changes: Asked['context']) =>
    jobRequest(model, caller, 'sagemaker:CreateTrainingJob', changes);
  const space = (sharing: string, resourceArn: string): Asked => ({
    ...{ identity, action: 'sagemaker:CreateSpace', resourceArn },
    context: { ...about, 'sagemaker:SpaceSharingType': sharing },
  });
  return [
    {
      ...{ identity, action: 'sagemaker:CreatePresignedDomainUrl' },
      ...{ resourceArn: person.profileArn, context: about },
    },
    space('Private', other.spaceArn),
    space('Shared', ownThings(person).spaceArn),
    job({ 'sagemaker:VpcSubnets': undefined }),
    job({ 'sagemaker:VpcSecurityGroupIds': undefined }),
    job(otherNetwork),
    job(otherGroups),
    job({ 'sagemaker:InstanceTypes': [unapprovedType] }),
  ].map((asked) => refused(model, caller, asked));
}

function refused(model: Model, { identity }: Caller, asked: Asked): Finding {
  return checkRefused(model, asked, {
    at: identity.resource,
    says: {
      english: `With a wider policy "${identity.resource.logicalId}" may call "${asked.action}" on "${asked.resourceArn}"`,
      korean: `더 넓은 정책이 추가되면 "${identity.resource.logicalId}"(으)로 "${asked.resourceArn}"에 "${asked.action}" 작업을 할 수 있습니다`,
    },
  });
}
