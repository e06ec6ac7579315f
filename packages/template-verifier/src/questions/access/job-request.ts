import { bucketKeyArn } from '../../graph/buckets.ts';
import { type Caller, requestTags } from '../../graph/callers.ts';
import type { Model } from '../../graph/model.ts';
import { at } from '../../graph/resource.ts';
import { domainsIn, keyOf, studioGroups, studioSubnets } from '../../graph/studio.ts';
import type { Asked } from '../../policies/ask.ts';
import { approvedTypes } from './approved-types.ts';

/** The actions that run code of one's own outside the studio. */
export const jobActions = [
  'sagemaker:CreateTrainingJob',
  'sagemaker:CreateProcessingJob',
  'sagemaker:CreateHyperParameterTuningJob',
  'sagemaker:CreateModel',
] as const;

/** A job in order: in the network, under the key, of an approved size; changed by `changes`. */
export function jobRequest(
  model: Model,
  { identity, person, context }: Caller,
  action: string,
  changes: Asked['context'],
): Asked {
  const { resources } = model;
  const [prefix = ''] = person.profileArn.split(':user-profile/');
  const [domain] = domainsIn(resources);
  const key =
    keyOf(resources, domain === undefined ? undefined : at(domain, 'KmsKeyId'))?.arn ??
    resources.ofType('AWS::S3::Bucket').map((bucket) => bucketKeyArn(resources, bucket))[0];
  const sizes = approvedTypes(model);
  return {
    ...{ identity, action, resourceArn: `${prefix}:${kindOf(action)}/job` },
    context: {
      ...context,
      ...requestTags(person.tags),
      'sagemaker:VpcSubnets': studioSubnets(resources).map(({ reference }) => reference),
      'sagemaker:VpcSecurityGroupIds': studioGroups(resources).map(({ reference }) => reference),
      'sagemaker:InstanceTypes': [sizes[1] ?? sizes[0] ?? 'system'],
      'sagemaker:VolumeKmsKeyArn': key,
      'sagemaker:OutputKmsKeyArn': key,
      'sagemaker:NetworkIsolation': 'true',
      'sagemaker:InterContainerTrafficEncryption': 'true',
      ...changes,
    },
  };
}

function kindOf(action: string): string {
  return action
    .replace('sagemaker:Create', '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase();
}
