import { at, type Resource } from './resource.ts';
import type { Resources } from './resources.ts';
import { keyOf } from './studio.ts';

const encryption = 'BucketEncryption.ServerSideEncryptionConfiguration.0';
export const algorithmPath = `${encryption}.ServerSideEncryptionByDefault.SSEAlgorithm`;
export const bucketKeyIdPath = `${encryption}.ServerSideEncryptionByDefault.KMSMasterKeyID`;
export const bucketKeyPath = `${encryption}.BucketKeyEnabled`;

export function bucketsIn(resources: Resources): readonly Resource[] {
  return resources.ofType('AWS::S3::Bucket');
}

/** Where other buckets' accesses are logged; S3 writes there itself, and only without our keys. */
export function accessLogBuckets(resources: Resources): ReadonlySet<Resource> {
  return found(
    resources,
    bucketsIn(resources).map((bucket) => at(bucket, 'LoggingConfiguration.DestinationBucketName')),
  );
}

/** Where trails and flow logs go: evidence. */
export function auditBuckets(resources: Resources): ReadonlySet<Resource> {
  const destinations = [
    ...resources.ofType('AWS::CloudTrail::Trail').map((trail) => at(trail, 'S3BucketName')),
    ...resources.ofType('AWS::EC2::FlowLog').map((log) => at(log, 'LogDestination')),
  ];
  return found(
    resources,
    destinations.map((destination) =>
      // A folder may follow the bucket.
      typeof destination === 'string' && destination.startsWith('arn:')
        ? destination.split('/')[0]
        : destination,
    ),
  );
}

/** Where people keep data: everything that services alone do not write. */
export function dataBuckets(resources: Resources): readonly Resource[] {
  const others = new Set([...accessLogBuckets(resources), ...auditBuckets(resources)]);
  return bucketsIn(resources).filter((bucket) => !others.has(bucket));
}

/** The key of a bucket, as requests name it. */
export function bucketKeyArn(resources: Resources, bucket: Resource): string | undefined {
  const id = at(bucket, bucketKeyIdPath);
  return keyOf(resources, id)?.arn ?? (typeof id === 'string' ? id : undefined);
}

function found(resources: Resources, values: readonly unknown[]): ReadonlySet<Resource> {
  const buckets = values.map((value) =>
    typeof value === 'string' ? resources.find(value, 'AWS::S3::Bucket') : undefined,
  );
  return new Set(buckets.filter((bucket) => bucket !== undefined));
}
