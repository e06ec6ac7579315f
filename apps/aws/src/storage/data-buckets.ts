import type { AwsPolicies } from '@strongroom/domain';
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { attachPolicy, closed, sealedUnder } from './bucket-defaults.ts';

/** The buckets of the domain file and the one of shared notebooks, each with its rendered policy. */
export class DataBuckets extends Construct {
  constructor(
    scope: Construct,
    options: { policies: AwsPolicies; dataKeyArn: string; accessLogs: CfnBucket },
  ) {
    super(scope, 'DataBuckets');
    for (const [bucketName, document] of options.policies.buckets) {
      const bucket = new CfnBucket(this, `bucket-${bucketName}`, {
        ...{ ...closed, bucketName, bucketEncryption: sealedUnder(options.dataKeyArn) },
        loggingConfiguration: {
          destinationBucketName: options.accessLogs.ref,
          logFilePrefix: `${bucketName}/`,
        },
      });
      bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
      attachPolicy(this, bucket, document);
    }
  }
}
