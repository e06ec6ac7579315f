import { S3Client } from '@aws-sdk/client-s3';
import { alice, openTestService, region } from '../http/testing/test-service.ts';
import { objectStoreContract } from '../testing/object-store-contract.ts';
import { ObjectStoreS3 } from './object-store-s3.ts';

const silence = () => undefined;
const logger = { debug: silence, info: silence, warn: silence, error: silence };

objectStoreContract('a real S3, which our own endpoint stands for', async () => {
  const service = await openTestService();
  const { accessKeyId, secretAccessKey } = alice;
  const client = new S3Client({
    ...{ endpoint: service.endpoint, region, forcePathStyle: true },
    ...{ maxAttempts: 1, logger },
    credentials: { accessKeyId, secretAccessKey },
  });
  const store = new ObjectStoreS3({ client, defaultKey: 'alias/data' });
  const close = async () => {
    await store.close();
    await service.close();
  };
  return { store, caller: { principal: alice.arn }, minimumPartBytes: 1, close };
});
