import type { PolicyDocument } from '@strongroom/policy';

/**
 * Whoever has a presigned URL is its person, so it is only given to somebody inside (SageMaker Developer
 * Guide, "Connect to Studio through an interface VPC endpoint"). A call that comes through no endpoint
 * has no `aws:SourceVpce`, and a negated operator holds for a key that is not there: it is denied.
 */
export function presignThroughEndpointsDocument(endpointIds: readonly string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'OpenStudiosFromInside', Effect: 'Deny', Resource: '*' },
        Action: 'sagemaker:CreatePresignedDomainUrl',
        Condition: { StringNotEquals: { 'aws:SourceVpce': [...endpointIds] } },
      },
    ],
  };
}
