import { randomUUID } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { Finding } from '../probe.ts';
import { unknown } from '../probe.ts';
import { type Attack, type AttackContext, expectRefusal } from './attack.ts';

/** S3 says so of a denial in a bucket's policy (Amazon S3 User Guide, "Troubleshoot access denied (403)"). */
const byBucketPolicy = /explicit deny in a resource-based policy/i;

function dataBuckets({ deployment }: AttackContext): string[] {
  const { buckets, sharing } = deployment.domain;
  const deployed = deployment.ofType('AWS::S3::Bucket').map(({ physicalId }) => physicalId);
  return [...buckets.map(({ name }) => name), sharing.bucket].filter((name) =>
    deployed.includes(name),
  );
}

async function forBuckets(
  context: AttackContext,
  attempt: (bucket: string) => Promise<Finding>,
): Promise<Finding[]> {
  const buckets = dataBuckets(context);
  if (buckets.length === 0)
    return [unknown('The deployed stacks have no bucket of the domain file')];
  const findings: Finding[] = [];
  for (const bucket of buckets) findings.push(await attempt(bucket));
  return findings;
}

function upload(name: string, question: string, headers: Partial<PutObjectCommandInput>): Attack {
  return {
    ...{ name, question },
    attempt: (context) =>
      forBuckets(context, (bucket) => {
        const key = `strongroom-check/${randomUUID()}`;
        const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'x', ...headers });
        return expectRefusal(context, {
          ...{ subject: bucket, because: byBucketPolicy },
          leftover: { kind: 'object', bucket, key },
          act: () => context.clients.s3.send(command),
        });
      }),
  };
}

export const uploadWithoutKey = upload(
  'upload-without-key',
  'An object that names no key is not stored',
  {},
);

export const uploadUnderAnotherKey = upload(
  'upload-under-another-key',
  "An object under S3's own key is not stored",
  { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/aws/s3' },
);

/** From inside the network this proves nothing, and is told as not refused. */
export const readFromOutside: Attack = {
  name: 'read-from-outside',
  question: 'From outside the endpoints nothing is read (run the check from outside the VPC)',
  attempt: (context) =>
    forBuckets(context, (bucket) =>
      expectRefusal(context, {
        subject: bucket,
        because: byBucketPolicy,
        isAllowed: /^(?:NoSuchKey|NotFound)$/,
        act: () =>
          context.clients.s3.send(
            new GetObjectCommand({ Bucket: bucket, Key: 'strongroom-check/none' }),
          ),
      }),
    ),
};
