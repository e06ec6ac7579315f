import type { Domain } from '@strongroom/domain';
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnBucket, type CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { accessLogBucketName, auditBucketName } from '../app/names.ts';
import { attachPolicy, closed, onlyOverTls, sealedUnder } from './bucket-defaults.ts';

/** The evidence: trail and flow logs, which nobody changes or removes until their time is over. */
export class LogBuckets extends Construct {
  readonly audit: CfnBucket;
  readonly accessLogs: CfnBucket;

  constructor(scope: Construct, { domain, logKeyArn }: { domain: Domain; logKeyArn: string }) {
    super(scope, 'LogBuckets');
    const accessLogName = accessLogBucketName(domain);
    // Server access logs are delivered to no bucket that is sealed with SSE-KMS by default.
    this.accessLogs = new CfnBucket(this, 'AccessLogs', {
      ...closed,
      bucketName: accessLogName,
      bucketEncryption: {
        serverSideEncryptionConfiguration: [
          { serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } },
        ],
      },
      lifecycleConfiguration: {
        rules: [
          ...closed.lifecycleConfiguration.rules,
          { id: 'old', status: 'Enabled', expirationInDays: domain.logs.retentionDays },
        ],
      },
    });
    attachPolicy(this, this.accessLogs, accessLogPolicy(accessLogName, domain));
    const auditName = auditBucketName(domain);
    this.audit = new CfnBucket(this, 'Audit', {
      ...{ ...closed, bucketName: auditName, bucketEncryption: sealedUnder(logKeyArn) },
      objectLockEnabled: true,
      objectLockConfiguration: {
        objectLockEnabled: 'Enabled',
        rule: { defaultRetention: { mode: 'GOVERNANCE', days: domain.aws.auditLockDays } },
      },
      loggingConfiguration: { destinationBucketName: this.accessLogs.ref, logFilePrefix: 'audit/' },
    });
    attachPolicy(this, this.audit, auditPolicy(auditName, domain));
    for (const bucket of [this.audit, this.accessLogs]) {
      bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }

  get auditPolicy(): CfnBucketPolicy {
    return this.node.findChild('AuditPolicy') as CfnBucketPolicy;
  }
}

/** Amazon S3 User Guide, "Enabling Amazon S3 server access logging". */
function accessLogPolicy(name: string, { domain }: Domain) {
  return {
    Version: '2012-10-17',
    Statement: [
      onlyOverTls(name),
      {
        ...{ Sid: 'DeliverAccessLogs', Effect: 'Allow', Action: 's3:PutObject' },
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Resource: `arn:aws:s3:::${name}/*`,
        Condition: { StringEquals: { 'aws:SourceAccount': domain.accountId } },
      },
    ],
  };
}

/**
 * AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail", and Amazon VPC User Guide,
 * "Publish flow logs to Amazon S3". The lock has no way round: not even for whoever may bypass it.
 */
function auditPolicy(name: string, { domain }: Domain) {
  const objects = `arn:aws:s3:::${name}/*`;
  const ofAccount = { StringEquals: { 'aws:SourceAccount': domain.accountId } };
  const writers = ['cloudtrail.amazonaws.com', 'delivery.logs.amazonaws.com'];
  return {
    Version: '2012-10-17',
    Statement: [
      onlyOverTls(name),
      {
        ...{ Sid: 'NobodyShortensTheLock', Effect: 'Deny', Principal: '*', Resource: objects },
        Action: ['s3:BypassGovernanceRetention', 's3:PutObjectLegalHold'],
      },
      {
        ...{ Sid: 'NobodyElseWrites', Effect: 'Deny', Principal: '*', Resource: objects },
        Action: ['s3:PutObject', 's3:PutObjectRetention'],
        Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
      },
      {
        ...{ Sid: 'SeeTheBucket', Effect: 'Allow', Principal: { Service: writers } },
        ...{ Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${name}`, Condition: ofAccount },
      },
      {
        ...{ Sid: 'DeliverEvidence', Effect: 'Allow', Principal: { Service: writers } },
        ...{ Action: 's3:PutObject', Resource: objects, Condition: ofAccount },
      },
    ],
  };
}
