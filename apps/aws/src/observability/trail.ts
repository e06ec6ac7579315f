import { type Domain, serviceTrust } from '@strongroom/domain';
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { retentionOf } from './retention.ts';

/** Every call, and every read and write of an object in the domain's buckets. */
export class Trail extends Construct {
  readonly logGroup: CfnLogGroup;

  constructor(
    scope: Construct,
    options: {
      domain: Domain;
      audit: CfnBucket;
      auditPolicy: CfnBucketPolicy;
      logKeyArn: string;
      buckets: readonly string[];
    },
  ) {
    super(scope, 'Trail');
    const { domain, audit, auditPolicy, logKeyArn, buckets } = options;
    this.logGroup = new CfnLogGroup(this, 'Log', {
      logGroupName: `/strongroom/${domain.domain.name}/trail`,
      ...{ kmsKeyId: logKeyArn, retentionInDays: retentionOf(domain.aws.logRetentionDays) },
    });
    this.logGroup.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const role = this.#writer(domain);
    const trail = new CfnTrail(this, 'Trail', {
      ...{ trailName: `strongroom-${domain.domain.name}`, isLogging: true },
      ...{ s3BucketName: audit.ref, s3KeyPrefix: 'trail', kmsKeyId: logKeyArn },
      ...{ isMultiRegionTrail: true, includeGlobalServiceEvents: true },
      enableLogFileValidation: true,
      cloudWatchLogsLogGroupArn: this.logGroup.attrArn,
      cloudWatchLogsRoleArn: role.attrArn,
      eventSelectors: [
        {
          ...{ includeManagementEvents: true, readWriteType: 'All' },
          dataResources: [
            {
              type: 'AWS::S3::Object',
              values: buckets.map((bucket) => `arn:aws:s3:::${bucket}/`),
            },
          ],
        },
      ],
    });
    trail.addResourceDependency(auditPolicy);
  }

  #writer({ domain }: Domain): CfnRole {
    return new CfnRole(this, 'Writer', {
      path: '/strongroom/',
      description: 'CloudTrail writes the log of the trail with it',
      assumeRolePolicyDocument: serviceTrust('cloudtrail.amazonaws.com', domain.accountId),
      policies: [
        {
          policyName: 'trail',
          policyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                ...{ Sid: 'WriteTheTrail', Effect: 'Allow', Resource: this.logGroup.attrArn },
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              },
            ],
          },
        },
      ],
    });
  }
}
