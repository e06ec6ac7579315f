import type { DomainBucket } from '@strongroom/domain';
import { type BucketSettings, type ObjectStore, S3Error } from '@strongroom/object-store';

const caller = { principal: 'platform' };

/** Nothing of a domain is ever public. */
const publicAccessBlock = {
  ...{ blockPublicAcls: true, ignorePublicAcls: true },
  ...{ blockPublicPolicy: true, restrictPublicBuckets: true },
};

/** The domain file's buckets, made where they are not there. What people set on them stays. */
export async function prepareBuckets(
  store: ObjectStore,
  { buckets, region, keyArn }: { buckets: readonly DomainBucket[]; region: string; keyArn: string },
): Promise<void> {
  for (const bucket of buckets) {
    const isNew = await createMissing(store, bucket.name, region);
    const put = <Name extends keyof BucketSettings>(setting: Name, value: BucketSettings[Name]) =>
      store.putBucketSetting({ bucket: bucket.name, setting, value, caller });
    if (isNew) {
      await put('publicAccessBlock', publicAccessBlock);
      await put('encryption', {
        ...{ algorithm: 'aws:kms', keyReference: keyArn, bucketKeyEnabled: true },
      });
    }
    if (bucket.versioning) await put('versioning', 'Enabled');
    await prepareQuota(store, bucket);
  }
}

async function createMissing(store: ObjectStore, bucket: string, region: string) {
  try {
    await store.headBucket({ bucket, caller });
    return false;
  } catch (error) {
    if (!(error instanceof S3Error) || error.code !== 'NoSuchBucket') throw error;
    await store.createBucket({ bucket, location: region, caller });
    return true;
  }
}

/** A real S3 has no quotas. */
async function prepareQuota(store: ObjectStore, { name, quotaBytes }: DomainBucket) {
  if (quotaBytes === undefined) {
    const set = await store.getBucketSetting({ bucket: name, setting: 'quotaBytes', caller });
    if (set === undefined) return;
    await store.deleteBucketSetting({ bucket: name, setting: 'quotaBytes', caller });
    return;
  }
  await store.putBucketSetting({ bucket: name, setting: 'quotaBytes', value: quotaBytes, caller });
}
