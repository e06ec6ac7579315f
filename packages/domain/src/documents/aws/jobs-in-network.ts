import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';
import { principalTag, profileTag } from '../tags.ts';

const jobs = [
  'sagemaker:CreateTrainingJob',
  'sagemaker:CreateProcessingJob',
  'sagemaker:CreateHyperParameterTuningJob',
  'sagemaker:CreateModel',
];
const withVolume = jobs.filter((action) => action !== 'sagemaker:CreateModel');
const own = `\${${principalTag(profileTag)}}`;

/**
 * Jobs are their owner's, in the domain's network and on its key (Service Authorization Reference,
 * "Amazon SageMaker AI"). `ForAllValues` holds for a key that is not there, so that it is there is asked
 * for apart (IAM User Guide, "Single-valued vs. multivalued context keys").
 */
export function jobsInNetworkDocument(place: {
  readonly region: string;
  readonly accountId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly keyArn: string;
}): PolicyDocument {
  const sageMaker = `arn:aws:sagemaker:${place.region}:${place.accountId}`;
  const kinds = ['training-job', 'processing-job', 'hyper-parameter-tuning-job', 'model'];
  const resources = kinds.map((kind) => `${sageMaker}:${kind}/*`);
  const deny = (
    sid: string,
    condition: NonNullable<PolicyStatement['Condition']>,
    actions: readonly string[] = jobs,
  ): PolicyStatement => ({
    ...{ Sid: sid, Effect: 'Deny', Action: [...actions], Resource: '*', Condition: condition },
  });
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'RunOwnJobs', Effect: 'Allow', Action: jobs, Resource: resources },
        Condition: {
          Null: { 'sagemaker:VpcSubnets': 'false', 'sagemaker:VpcSecurityGroupIds': 'false' },
          'ForAllValues:StringEquals': { 'sagemaker:VpcSubnets': [...place.subnetIds] },
          StringEquals: { [`aws:RequestTag/${profileTag}`]: own },
        },
      },
      {
        ...{ Sid: 'TagOwnJobs', Effect: 'Allow', Action: 'sagemaker:AddTags', Resource: resources },
        Condition: {
          Null: { 'sagemaker:TaggingAction': 'false' },
          StringEquals: { [`aws:RequestTag/${profileTag}`]: own },
        },
      },
      {
        ...{ Sid: 'LookAfterOwnJobs', Effect: 'Allow', Resource: resources },
        Action: [
          ...['sagemaker:DescribeTrainingJob', 'sagemaker:StopTrainingJob'],
          ...['sagemaker:DescribeProcessingJob', 'sagemaker:StopProcessingJob'],
          ...['sagemaker:DescribeHyperParameterTuningJob', 'sagemaker:DescribeModel'],
        ],
        Condition: { StringEquals: { [`aws:ResourceTag/${profileTag}`]: own } },
      },
      deny('JobsNameTheirSubnets', { Null: { 'sagemaker:VpcSubnets': 'true' } }),
      deny('JobsNameTheirGroups', { Null: { 'sagemaker:VpcSecurityGroupIds': 'true' } }),
      deny('OnlySubnetsOfTheDomain', {
        'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSubnets': [...place.subnetIds] },
      }),
      deny('OnlyTheGroupOfStudios', {
        'ForAnyValue:StringNotEquals': {
          'sagemaker:VpcSecurityGroupIds': [place.securityGroupId],
        },
      }),
      deny(
        'OnlyTheKeyOfStudios',
        { ArnNotEquals: { 'sagemaker:VolumeKmsKey': place.keyArn } },
        withVolume,
      ),
    ],
  };
}
