export { type Action, resourceKindOfAction, type ShareAction } from './documents/actions.ts';
export { asAwsHoldsIt, calledViaTag } from './documents/aws/as-aws-holds-it.ts';
export type { AwsManagedPolicy, AwsPolicies, AwsResources } from './documents/aws/aws-policies.ts';
export type { EndpointService } from './documents/aws/endpoint-documents.ts';
export { renderAwsPolicies } from './documents/aws/render-aws-policies.ts';
export {
  domainRoleTrust,
  executionRoleTrust,
  portalTrust,
  serviceTrust,
} from './documents/aws/trust-documents.ts';
export { listActions, readActions, writeActions } from './documents/bucket-actions.ts';
export { bucketPolicy } from './documents/bucket-policies.ts';
export { checkDocument, describeFinding } from './documents/check-document.ts';
export { type DomainArns, domainArns, executionSessionName } from './documents/domain-arns.ts';
export type { DomainResources } from './documents/domain-resources.ts';
export { keyPolicyDocument } from './documents/key-policy.ts';
export { largeFilesBucket } from './documents/large-files.ts';
export { renderPolicies } from './documents/render-policies.ts';
export type { RenderedPolicy } from './documents/rendered-policy.ts';
export { repositoryTagKey, tagsOfRepository, teamAccessTag } from './documents/repository-tags.ts';
export { sharePolicyDocument } from './documents/share-policy.ts';
export { sharingService } from './documents/sharing.ts';
export { spaceOwnerKey, spaceSharingKey, studioSpacesDocument } from './documents/studio-spaces.ts';
export { principalTag, profileTag, resourceTag, roleTag, teamTag } from './documents/tags.ts';
export type { AwsSettings } from './file/aws-settings.ts';
export { defaultDomainFile } from './file/default-domain-file.ts';
export type {
  Domain,
  DomainBucket,
  DomainBucketAccess,
  DomainImage,
  DomainInstanceType,
  DomainPerson,
  DomainPolicyFile,
} from './file/domain.ts';
export {
  cannotUse,
  DomainFileError,
  type DomainFileIssue,
  type DomainFileProblem,
} from './file/domain-file-problem.ts';
export { type ReadDomain, readDomain } from './file/read-domain.ts';
export { systemInstanceType } from './file/system-instance-type.ts';
export { shippedPrices } from './prices/shipped-prices.ts';
