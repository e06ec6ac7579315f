import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { DeployedResource } from '../deployment.ts';
import { allowsAnybody, deniesPlainHttp } from '../policy-bounds.ts';
import { each, type Finding, failed, type Probe, type ProbeContext, passed } from '../probe.ts';

type Look = (context: ProbeContext, bucket: DeployedResource) => Promise<Finding>;

function ofBuckets(name: string, question: string, look: Look): Probe {
  return {
    ...{ name, question },
    look: (context) =>
      each(
        context.deployment
          .ofType('AWS::S3::Bucket')
          .filter((bucket) => isJudged(name, context, bucket)),
        ({ physicalId }) => physicalId,
        (bucket) => look(context, bucket),
      ),
  };
}

/** What the template gives this bucket. */
function propertiesOf({ deployment }: ProbeContext, { stackName, logicalId }: DeployedResource) {
  const stack = deployment.stacks.find((each) => each.stackName === stackName);
  const resources = (stack?.template.Resources ?? {}) as Record<string, { Properties?: object }>;
  return (resources[logicalId]?.Properties ?? {}) as Record<string, unknown>;
}

/** Only buckets that the template locks are asked for their lock. */
function isJudged(name: string, context: ProbeContext, bucket: DeployedResource): boolean {
  return name !== 'object-lock' || propertiesOf(context, bucket).ObjectLockEnabled === true;
}

export const publicAccess = ofBuckets(
  'public-access',
  'Every bucket blocks public access in all four ways',
  async ({ clients }, { physicalId: Bucket }) => {
    const { PublicAccessBlockConfiguration: blocked } = await clients.s3.send(
      new GetPublicAccessBlockCommand({ Bucket }),
    );
    const ways = [
      ...[blocked?.BlockPublicAcls, blocked?.BlockPublicPolicy],
      ...[blocked?.IgnorePublicAcls, blocked?.RestrictPublicBuckets],
    ];
    return ways.every((way) => way === true) ? passed('All four') : failed('Not in all four ways');
  },
);

/** Access logs can only be under S3's own key (Amazon S3 User Guide, "Logging requests"): as the template says. */
export const encryption = ofBuckets(
  'encryption',
  'Every bucket encrypts as the template says, and data under a key of the stacks with a bucket key',
  async (context, bucket) => {
    const { ServerSideEncryptionConfiguration } = await context.clients.s3.send(
      new GetBucketEncryptionCommand({ Bucket: bucket.physicalId }),
    );
    const [rule] = ServerSideEncryptionConfiguration?.Rules ?? [];
    const applied = rule?.ApplyServerSideEncryptionByDefault;
    const wanted = JSON.stringify(propertiesOf(context, bucket).BucketEncryption ?? '');
    if (!wanted.includes('aws:kms')) {
      return applied === undefined
        ? failed('It does not encrypt')
        : passed(`${applied.SSEAlgorithm}`);
    }
    if (applied?.SSEAlgorithm !== 'aws:kms')
      return failed(`It encrypts with ${applied?.SSEAlgorithm}`);
    const keys = context.deployment.ofType('AWS::KMS::Key').map(({ physicalId }) => physicalId);
    const key = applied.KMSMasterKeyID ?? '';
    if (!keys.some((id) => key === id || key.endsWith(`/${id}`))) {
      return failed(`${key} is no key of the stacks`);
    }
    return rule?.BucketKeyEnabled === true ? passed(key) : failed('It has no bucket key');
  },
);

export const bucketPolicies = ofBuckets(
  'bucket-policies',
  'Every bucket refuses plain HTTP and lets nobody in without a condition',
  async ({ clients }, { physicalId: Bucket }) => {
    const { Policy } = await clients.s3.send(new GetBucketPolicyCommand({ Bucket }));
    if (allowsAnybody(Policy) !== false) return failed('It lets everybody in');
    return deniesPlainHttp(Policy) ? passed('TLS only') : failed('It takes plain HTTP');
  },
);

export const versioning = ofBuckets(
  'versioning',
  'Every bucket that the template versions keeps versions',
  async (context, bucket) => {
    const { Status } = await context.clients.s3.send(
      new GetBucketVersioningCommand({ Bucket: bucket.physicalId }),
    );
    if (propertiesOf(context, bucket).VersioningConfiguration === undefined) {
      return passed('The template asks for none');
    }
    return Status === 'Enabled' ? passed('Enabled') : failed(`It is ${Status ?? 'off'}`);
  },
);

export const objectLock = ofBuckets(
  'object-lock',
  'Evidence cannot be deleted before its time',
  async ({ clients }, { physicalId: Bucket }) => {
    const { ObjectLockConfiguration: lock } = await clients.s3.send(
      new GetObjectLockConfigurationCommand({ Bucket }),
    );
    const retention = lock?.Rule?.DefaultRetention;
    if (lock?.ObjectLockEnabled !== 'Enabled' || retention === undefined) {
      return failed('It is not locked');
    }
    const { Mode, Days, Years } = retention;
    return passed(`${Mode} for ${Days === undefined ? `${Years} years` : `${Days} days`}`);
  },
);
