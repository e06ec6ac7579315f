import type { PolicyDocument } from '@strongroom/policy';
import type { DomainArns } from './domain-arns.ts';
import { principalTag, profileTag, resourceTag, teamTag } from './tags.ts';

/** Opening, and whatever shows what is in a studio. */
const entering = [
  'sagemaker:CreatePresignedDomainUrl',
  'strongroom:ListHomeFiles',
  'strongroom:ReadHomeFile',
] as const;

/**
 * One's own studio and no other, told by a tag on the profile that must equal the caller's own
 * (SageMaker Developer Guide, "Control access to SageMaker AI resources by using tags"). The denials
 * hold also against a wider policy that somebody attaches later.
 */
export function studioOwnerDocument(arns: DomainArns, sharing: 'owner' | 'team'): PolicyDocument {
  const profiles = arns.userProfile('*');
  const ownApps = arns.app(`\${${principalTag(profileTag)}}`, '*', '*');
  const isOwn = equalTags(profileTag);
  const mayEnter = sharing === 'team' ? equalTags(teamTag) : isOwn;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SeeTheDomain',
        Effect: 'Allow',
        Action: ['sagemaker:ListUserProfiles', 'sagemaker:ListApps', 'sagemaker:ListImages'],
        Resource: '*',
      },
      {
        Sid: 'DescribeTheDomain',
        Effect: 'Allow',
        Action: 'sagemaker:DescribeDomain',
        Resource: arns.domain,
      },
      {
        Sid: 'OpenOwnStudio',
        Effect: 'Allow',
        Action: ['sagemaker:CreatePresignedDomainUrl', 'sagemaker:DescribeUserProfile'],
        Resource: profiles,
        Condition: { StringEquals: mayEnter },
      },
      {
        Sid: 'UseOwnFilesAndRequests',
        Effect: 'Allow',
        Action: [
          'strongroom:ListHomeFiles',
          'strongroom:ReadHomeFile',
          'strongroom:ListAccesses',
          'strongroom:DescribeEgress',
          'strongroom:RequestEgress',
          'strongroom:EndEgress',
          'strongroom:DescribeCost',
          'strongroom:CreateJob',
          'strongroom:DescribeJob',
          'strongroom:ReadJobLog',
          'strongroom:CancelJob',
        ],
        Resource: profiles,
        Condition: { StringEquals: isOwn },
      },
      {
        Sid: 'RunOwnApps',
        Effect: 'Allow',
        Action: ['sagemaker:CreateApp', 'sagemaker:DescribeApp', 'sagemaker:DeleteApp'],
        Resource: ownApps,
      },
      {
        Sid: sharing === 'team' ? 'OnlyStudiosOfOwnTeam' : 'OnlyOwnStudio',
        Effect: 'Deny',
        Action: sharing === 'team' ? 'sagemaker:CreatePresignedDomainUrl' : [...entering],
        Resource: profiles,
        Condition: { StringNotEquals: mayEnter },
      },
      ...(sharing === 'team' ? [onlyOwnFiles(profiles, isOwn)] : []),
      {
        Sid: 'OnlyOwnApps',
        Effect: 'Deny',
        Action: 'sagemaker:CreateApp',
        NotResource: ownApps,
      },
      {
        Sid: 'TagsAreNotForPeople',
        Effect: 'Deny',
        Action: ['sagemaker:AddTags', 'sagemaker:DeleteTags'],
        Resource: profiles,
      },
    ],
  };
}

function onlyOwnFiles(profiles: string, isOwn: Readonly<Record<string, string>>) {
  return {
    Sid: 'OnlyOwnFiles',
    Effect: 'Deny',
    Action: ['strongroom:ListHomeFiles', 'strongroom:ReadHomeFile'],
    Resource: profiles,
    Condition: { StringNotEquals: isOwn },
  } as const;
}

function equalTags(tag: string): Readonly<Record<string, string>> {
  return { [resourceTag(tag)]: `\${${principalTag(tag)}}` };
}
