import type { PolicyDocument } from '@strongroom/policy';
import type { DomainArns } from './domain-arns.ts';
import { principalTag, profileTag } from './tags.ts';

/** SageMaker's condition keys of a space: whose it is, and with whom it is shared. */
export const spaceOwnerKey = 'sagemaker:OwnerUserProfileArn';
export const spaceSharingKey = 'sagemaker:SpaceSharingType';

/**
 * One's own private spaces and no other (SageMaker Developer Guide, "Configure access for private spaces";
 * Service Authorization Reference, "Amazon SageMaker AI", condition keys). The denial holds also against a
 * wider policy that somebody attaches later.
 */
export function studioSpacesDocument(arns: DomainArns): PolicyDocument {
  const spaces = arns.space('*');
  const own = arns.userProfile('*').replace(/\*$/, `\${${principalTag(profileTag)}}`);
  const changing = ['sagemaker:CreateSpace', 'sagemaker:UpdateSpace', 'sagemaker:DeleteSpace'];
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ListSpaces', Effect: 'Allow', Action: 'sagemaker:ListSpaces', Resource: '*' },
      {
        Sid: 'UseOwnPrivateSpaces',
        Effect: 'Allow',
        Action: [...changing, 'sagemaker:DescribeSpace'],
        Resource: spaces,
        Condition: {
          ArnLike: { [spaceOwnerKey]: own },
          StringEquals: { [spaceSharingKey]: 'Private' },
        },
      },
      {
        Sid: 'OnlyOwnSpaces',
        Effect: 'Deny',
        Action: changing,
        Resource: spaces,
        Condition: { ArnNotLike: { [spaceOwnerKey]: own } },
      },
      {
        Sid: 'OnlyPrivateSpaces',
        Effect: 'Deny',
        Action: 'sagemaker:CreateSpace',
        Resource: spaces,
        Condition: { StringNotEquals: { [spaceSharingKey]: 'Private' } },
      },
    ],
  };
}
