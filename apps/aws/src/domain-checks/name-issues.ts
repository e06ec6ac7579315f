import { cannotUse, type Domain, type DomainFileIssue } from '@strongroom/domain';

/** Amazon S3 User Guide, "General purpose bucket naming rules". */
const refusedBucketName = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|--x-s3|--table-s3)$/;
/** IAM User Guide, "Rules for tagging in IAM and AWS STS": what a tag's value may hold. */
const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
/** A role's name has 64 characters at most; prefix and the longest suffix of our own take 32. */
const longestDomainName = 32;

export function nameIssues({ domain, buckets, teams, sharing }: Domain): DomainFileIssue[] {
  return [
    ...domainNameIssues(domain.name),
    ...buckets.flatMap(({ name }, index) => bucketIssues(name, ['buckets', index, 'name'])),
    ...bucketIssues(sharing.bucket, ['sharing', 'bucket']),
    ...teams.flatMap(({ name }, index) => teamIssues(name, index)),
  ];
}

function domainNameIssues(name: string): DomainFileIssue[] {
  if (name.length <= longestDomainName) return [];
  const why = 'names of roles and policies hold it and would be too long for IAM';
  const mend = `use at most ${longestDomainName} characters`;
  return [cannotUse({ path: ['domain', 'name'], value: name, mend, why })];
}

function bucketIssues(name: string, path: readonly (string | number)[]): DomainFileIssue[] {
  if (!refusedBucketName.test(name)) return [];
  const why = 'S3 keeps such names for itself';
  return [cannotUse({ path, value: name, mend: 'use another beginning or end', why })];
}

/** A team is a tag on its people's profiles and sessions. */
function teamIssues(name: string, index: number): DomainFileIssue[] {
  if (tagValue.test(name)) return [];
  const why = 'a tag of AWS cannot hold it';
  const mend = 'use letters, digits, spaces and _ . : / = + - @';
  return [cannotUse({ path: ['teams', index, 'name'], value: name, mend, why })];
}
