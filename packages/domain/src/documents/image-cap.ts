import type { PolicyDocument } from '@strongroom/policy';

/**
 * No kernel on an image that the domain file does not name (SageMaker's condition key
 * `sagemaker:ImageArns`). An administrator's own document narrows it further, for a team or a person.
 */
export function imageCapDocument(imageArns: readonly string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyImagesOfTheDomain',
        Effect: 'Deny',
        Action: 'sagemaker:CreateApp',
        Resource: '*',
        Condition: { 'ForAnyValue:StringNotLike': { 'sagemaker:ImageArns': [...imageArns] } },
      },
    ],
  };
}
