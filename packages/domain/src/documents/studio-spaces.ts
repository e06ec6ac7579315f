import type { PolicyDocument } from '@strongroom/policy';
import type { DomainArns } from './domain-arns.ts';
import { principalTag, profileTag } from './tags.ts';

/** SageMaker's condition keys of a space: whose it is, and with whom it is shared. */
export const spaceOwnerKey = 'sagemaker:OwnerUserProfileArn';
export const spaceSharingKey = 'sagemaker:SpaceSharingType';

const changing = ['sagemaker:CreateSpace', 'sagemaker:UpdateSpace', 'sagemaker:DeleteSpace'];

/**
 * One's own private space, which has the name of its person, and no other: the app of a space has the space's
 * name where an app of a profile has the profile's, so that one document is right for both (Service
 * Authorization Reference, "Amazon SageMaker AI", resource types). The denials rest on no key that might be
 * absent, and hold also against a wider policy that somebody attaches later.
 */
export function studioSpacesDocument(arns: DomainArns): PolicyDocument {
  const own = arns.space(`\${${principalTag(profileTag)}}`);
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ListSpaces', Effect: 'Allow', Action: 'sagemaker:ListSpaces', Resource: '*' },
      {
        Sid: 'UseOwnSpace',
        Effect: 'Allow',
        Action: [...changing, 'sagemaker:DescribeSpace'],
        Resource: own,
      },
      { Sid: 'OnlyOwnSpace', Effect: 'Deny', Action: changing, NotResource: own },
      {
        Sid: 'OnlyPrivateSpaces',
        Effect: 'Deny',
        Action: ['sagemaker:CreateSpace', 'sagemaker:UpdateSpace'],
        Resource: '*',
        Condition: { StringEquals: { [spaceSharingKey]: 'Shared' } },
      },
    ],
  };
}
