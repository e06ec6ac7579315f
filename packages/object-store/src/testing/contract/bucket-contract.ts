import { expect, it } from 'vitest';
import { contentOf } from '../content.ts';
import type { ContractSubject } from '../object-store-contract.ts';

export function bucketContract(subject: ContractSubject): void {
  it('a bucket is there from its creation to its deletion', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    expect((await store.headBucket({ bucket, caller })).bucket).toBe(bucket);
    const names = (await store.listBuckets({ caller })).map((one) => one.bucket);
    expect(names).toContain(bucket);
    await store.deleteBucket({ bucket, caller });
    await expect(store.headBucket({ bucket, caller })).rejects.toMatchObject({ status: 404 });
  });

  it('a bucket with an object in it is not deleted', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    await store.putObject({ bucket, key: 'a', content: contentOf('x'), caller });
    await expect(store.deleteBucket({ bucket, caller })).rejects.toMatchObject({
      code: 'BucketNotEmpty',
    });
    await store.deleteObject({ bucket, key: 'a', caller });
    await store.deleteBucket({ bucket, caller });
  });

  it.each(['ab', 'Upper', 'under_score', 'two..dots', '-dash', '192.168.0.1', 'a'.repeat(64)])(
    'the name %j is refused',
    async (bucket) => {
      const { store, caller } = subject;
      await expect(store.createBucket({ bucket, caller })).rejects.toMatchObject({
        code: 'InvalidBucketName',
      });
    },
  );

  it('what is asked of a bucket that is not there is NoSuchBucket', async () => {
    const { store, caller } = subject;
    const missing = { bucket: `missing-${process.pid}`, caller };
    const refused = { code: 'NoSuchBucket' };
    await expect(store.listObjects(missing)).rejects.toMatchObject(refused);
    await expect(store.getObject({ ...missing, key: 'a' })).rejects.toMatchObject(refused);
    const put = store.putObject({ ...missing, key: 'a', content: contentOf('x') });
    await expect(put).rejects.toMatchObject(refused);
    await expect(store.deleteBucket(missing)).rejects.toMatchObject(refused);
  });

  it('a setting is told as it was set, and unset again', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const tags = { team: 'risk', 'cost centre': '42' };
    const setting = 'tagging';
    expect(await store.getBucketSetting({ bucket, setting, caller })).toBeUndefined();
    await store.putBucketSetting({ bucket, setting, value: tags, caller });
    expect(await store.getBucketSetting({ bucket, setting, caller })).toEqual(tags);
    await store.deleteBucketSetting({ bucket, setting, caller });
    expect(await store.getBucketSetting({ bucket, setting, caller })).toBeUndefined();
  });

  it('CORS, lifecycle and public access block come back as they were set', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const cors = [
      {
        ...{ allowedOrigins: ['https://example.test'], allowedMethods: ['GET', 'PUT'] },
        ...{ allowedHeaders: ['*'], exposeHeaders: ['ETag'], maximumAgeSeconds: 60 },
      },
    ];
    await store.putBucketSetting({ bucket, setting: 'cors', value: cors, caller });
    expect(await store.getBucketSetting({ bucket, setting: 'cors', caller })).toEqual(cors);
    const lifecycle = [
      { id: 'one', isEnabled: true, filter: { prefix: 'logs/' }, expirationDays: 30 },
    ];
    await store.putBucketSetting({ bucket, setting: 'lifecycle', value: lifecycle, caller });
    expect(await store.getBucketSetting({ bucket, setting: 'lifecycle', caller })).toEqual(
      lifecycle,
    );
    const publicAccessBlock = {
      ...{ blockPublicAcls: true, ignorePublicAcls: true },
      ...{ blockPublicPolicy: true, restrictPublicBuckets: true },
    };
    const setting = 'publicAccessBlock';
    await store.putBucketSetting({ bucket, setting, value: publicAccessBlock, caller });
    expect(await store.getBucketSetting({ bucket, setting, caller })).toEqual(publicAccessBlock);
  });
}
