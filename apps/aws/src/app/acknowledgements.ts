import type { CheckFinding } from './read-findings.ts';

/** What does not hold here and is meant so. Whatever it does not name exactly is still told. */
interface Acknowledgement {
  readonly rule: RegExp;
  /** Of the constructs, by their paths. */
  readonly where: RegExp;
  readonly reason: string;
}

const standards = '(?:NIST\\.800\\.53\\.R5|PCI\\.DSS\\.321)';
const inResource = (pattern: string) => new RegExp(`^AwsSolutions-IAM5\\[Resource::${pattern}\\]$`);
const inAction = (pattern: string) => new RegExp(`^AwsSolutions-IAM5\\[Action::(?:${pattern})\\]$`);

const acknowledgements: readonly Acknowledgement[] = [
  {
    rule: /^(?:AwsSolutions-S10|.*-S3BucketSSLRequestsOnly)$/,
    where: /Policy$/,
    reason:
      'The rule looks for a reference to the bucket in its policy; ours names it. The same rule holds for the bucket itself, and the verifier asks it as a question.',
  },
  {
    rule: new RegExp(`^${standards}-S3BucketReplicationEnabled$`),
    where: /Buckets\//,
    reason:
      'A copy in another region is a decision about where data may be, and is the operator’s; versions are kept.',
  },
  {
    rule: new RegExp(`^${standards}-S3DefaultEncryptionKMS$`),
    where: /LogBuckets\/AccessLogs$/,
    reason:
      'S3 delivers server access logs to no bucket that SSE-KMS seals by default (Amazon S3 User Guide).',
  },
  {
    rule: new RegExp(`^${standards}-VPCDefaultSecurityGroupClosed$`),
    where: /Network\/Vpc$/,
    reason:
      'CloudFormation cannot empty the default group. `deploy` does so before anybody is let in, and `check` looks.',
  },
  {
    rule: new RegExp(`^${standards}-VPCNoUnrestrictedRouteToIGW$`),
    where: /Egress\/TranslationOut\d$/,
    reason:
      'Only where the domain file turns egress on, and only of the subnets of address translation: studios reach them through the firewall alone.',
  },
  {
    rule: new RegExp(`^${standards}-IAMNoInlinePolicy$`),
    where: /(?:ExecutionRole|Trail\/Writer|Images\/Role)$/,
    reason:
      'The document is one role’s alone: inline it cannot be attached to another, and goes with its role.',
  },
  {
    rule: new RegExp(`^${standards}-IAMPolicyNoStatementsWithFullAccess$`),
    where: /Roles\/Boundary$/,
    reason:
      'A permissions boundary allows nothing by itself: it is the most that a role’s own policies may come to.',
  },
  {
    rule: inAction('sagemaker:\\*|s3:\\*|athena:\\*|glue:Get\\*'),
    where: /Roles\/Boundary$/,
    reason: 'A permissions boundary allows nothing by itself.',
  },
  {
    rule: inAction('s3:(?:Get|Put)Bucket\\*'),
    where: /policy-domain-administrators$/,
    reason: 'Settings of buckets, of which administrators read and write no object.',
  },
  {
    rule: inAction('s3:(?:GetObject|DeleteObject|ListBucket)\\*'),
    where: /PortalPolicy$/,
    reason: 'Objects and their versions in the buckets of the domain, which are named.',
  },
  {
    rule: inResource('\\*'),
    where: /Roles\/(?:Boundary|policy-[a-z0-9-]+|PortalPolicy)$|Images\/Role$|ExecutionRole$/,
    reason:
      'Actions that have no resource (lists, tokens, metrics), or that a condition, a tag or a boundary narrows; the denials name everything on purpose.',
  },
  {
    rule: inResource('arn:aws:sagemaker:[a-z0-9-]+:\\d{12}:(?:user-profile|app|space)/[^\\]]+\\*'),
    where: /Roles\/|ExecutionRole$/,
    reason:
      'Within the one SageMaker domain; whose profile, space or app it must be is said by tags and names.',
  },
  {
    rule: inResource(
      'arn:aws:sagemaker:[a-z0-9-]+:\\d{12}:(?:training-job|processing-job|hyper-parameter-tuning-job|model)/\\*',
    ),
    where: /policy-jobs-in-network$/,
    reason: 'Names of jobs are free; that they are one’s own is said by a tag that they must have.',
  },
  {
    rule: inResource('arn:aws:s3:::[^\\]]+/\\*'),
    where: /Roles\/(?:policy-sharing|PortalPolicy)$|ExecutionRole$/,
    reason: 'The objects of a bucket that is named.',
  },
  {
    rule: inResource('arn:aws:kms:[a-z0-9-]+:\\d{12}:key/\\*'),
    where: /policy-sharing$|ExecutionRole$/,
    reason: 'Only through S3 and only for buckets that are named, by conditions.',
  },
  {
    rule: inResource('arn:aws:(?:logs|ecr|codecommit|athena|glue):[a-z0-9-]+:\\d{12}:[^\\]]+'),
    where: /policy-studio-use$|ExecutionRole$/,
    reason: 'Of this account; repositories are told apart by their tags, as conditions say.',
  },
];

/** The constructs of a finding that nobody has given a reason for; `undefined` where all have one. */
export function withoutReason(finding: CheckFinding): CheckFinding | undefined {
  const constructPaths = finding.constructPaths.filter(
    (path) =>
      !acknowledgements.some(({ rule, where }) => rule.test(finding.rule) && where.test(path)),
  );
  return constructPaths.length === 0 ? undefined : { ...finding, constructPaths };
}
