import type { PolicyDocument } from '@strongroom/policy';
import { principalTag, profileTag } from '../tags.ts';

const own = `\${${principalTag(profileTag)}}`;

/**
 * One's own private space, which has the name of its person, and the notebooks in it (SageMaker
 * Developer Guide, "Control access to spaces": `sagemaker:OwnerUserProfileArn` and
 * `sagemaker:SpaceSharingType`). The denials name resources and rest on no key that might be absent.
 */
export function ownSpaceDocument(place: {
  readonly region: string;
  readonly accountId: string;
  readonly domainId: string;
}): PolicyDocument {
  const sageMaker = `arn:aws:sagemaker:${place.region}:${place.accountId}`;
  const ownSpace = `${sageMaker}:space/${place.domainId}/${own}`;
  const ownApps = `${sageMaker}:app/${place.domainId}/${own}/*/*`;
  const isOwnAndPrivate = {
    ArnLike: {
      'sagemaker:OwnerUserProfileArn': `${sageMaker}:user-profile/${place.domainId}/${own}`,
    },
    StringEquals: { 'sagemaker:SpaceSharingType': 'Private' },
  };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'SeeSpaces', Effect: 'Allow', Resource: '*' },
        Action: ['sagemaker:ListSpaces', 'sagemaker:ListApps'],
      },
      {
        ...{ Sid: 'SeeTheDomainAndOneself', Effect: 'Allow' },
        Action: ['sagemaker:DescribeDomain', 'sagemaker:DescribeUserProfile'],
        Resource: [
          `${sageMaker}:domain/${place.domainId}`,
          `${sageMaker}:user-profile/${place.domainId}/${own}`,
        ],
      },
      {
        ...{ Sid: 'UseOwnSpace', Effect: 'Allow', Resource: ownSpace },
        Action: ['sagemaker:CreateSpace', 'sagemaker:UpdateSpace', 'sagemaker:DeleteSpace'],
        Condition: isOwnAndPrivate,
      },
      {
        ...{ Sid: 'SeeOwnSpace', Effect: 'Allow', Resource: ownSpace },
        Action: 'sagemaker:DescribeSpace',
      },
      {
        // Creating with tags asks for AddTags; of what is there already nobody changes a tag.
        ...{ Sid: 'TagWhatIsCreated', Effect: 'Allow', Action: 'sagemaker:AddTags' },
        Resource: [ownSpace, ownApps],
        Condition: { Null: { 'sagemaker:TaggingAction': 'false' } },
      },
      {
        ...{ Sid: 'RunNotebooks', Effect: 'Allow', Resource: ownApps },
        Action: ['sagemaker:CreateApp', 'sagemaker:DescribeApp', 'sagemaker:DeleteApp'],
      },
      {
        ...{ Sid: 'NobodyElsesSpace', Effect: 'Deny', NotResource: ownSpace },
        Action: ['sagemaker:CreateSpace', 'sagemaker:UpdateSpace', 'sagemaker:DeleteSpace'],
      },
      {
        ...{ Sid: 'NobodyElsesApps', Effect: 'Deny', NotResource: ownApps },
        Action: ['sagemaker:CreateApp', 'sagemaker:DeleteApp'],
      },
      {
        ...{ Sid: 'NoSharedSpace', Effect: 'Deny', Resource: '*' },
        Action: ['sagemaker:CreateSpace', 'sagemaker:UpdateSpace'],
        Condition: { StringEquals: { 'sagemaker:SpaceSharingType': 'Shared' } },
      },
    ],
  };
}
