import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createS3Service, ObjectStoreEmbedded } from '@strongroom/object-store';
import { BucketKeys, KeyService, KeyStoreFile, LocalKeyring } from '@strongroom/sealing';
import { systemClock as clock } from '../../clock.ts';

const accountId = '000000000000';
const region = 'ap-northeast-2';
const alias = 'alias/strongroom-data';

/**
 * A FAKE of Amazon S3: the product's own S3 endpoint, with one pair of credentials (`fake`, `fake`) that may
 * do everything, in the place of AWS's. It tells nothing of AWS's own policies or of what it would refuse.
 */
export async function startOtherS3() {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-other-s3-'));
  const unlock = { rootKeyPath: join(folder, 'root.key') };
  const keys = await KeyService.open({
    ...{ accountId, region, clock, authorize: async () => undefined },
    store: new KeyStoreFile(join(folder, 'keys.json')),
    provider: await LocalKeyring.open({ keyringPath: join(folder, 'keyring.json'), unlock }),
    onUse: async () => undefined,
  });
  const caller = { principal: 'fake' };
  await keys.create({ alias, description: 'fake', policy: { Statement: [] } as never, caller });
  const { arn } = keys.describe(alias);
  const store = await ObjectStoreEmbedded.open({
    ...{ folder: join(folder, 'objects'), keys, clock, defaultKey: alias },
    bucketKeys: new BucketKeys({ keys, clock }),
    metadataKey: Buffer.alloc(32, 1),
    freeSpaceFloorBytes: 0,
  });
  const service = createS3Service({
    ...{ store, region, accountId, clock, hostNames: ['127.0.0.1'] },
    async authenticate({ accessKeyId }) {
      if (accessKeyId !== 'fake') return 'InvalidAccessKeyId';
      return { secretAccessKey: 'fake', principal: { arn: 'fake', account: accountId } };
    },
    authorize: async () => ({ allowed: true, rule: 'fake', sentence: '' }),
    resolveKeyArn: async (reference) => (reference === arn ? arn : undefined),
    checkBucketPolicy: async () => ({ isPublic: false }),
    log: () => undefined,
  });
  const connection = { secureTransport: false, isLoopback: true };
  const server = createServer((request, response) => {
    void service.handle(request, response, connection);
  });
  server.on('checkContinue', (request, response) => {
    void service.handleContinue(request, response, connection);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ endpoint: `http://127.0.0.1:${port}`, keyArn: arn, store },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
      await keys.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
