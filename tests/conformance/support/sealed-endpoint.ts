import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createS3Service, ObjectStoreEmbedded } from '@strongroom/object-store';
import { BucketKeys, KeyError, KeyService, KeyStoreFile, LocalKeyring } from '@strongroom/sealing';

const accountId = '111122223333';
const region = 'eu-central-1';
const caller = { principal: 'operator' };
const accessKeyId = 'ASIAEXAMPLEEXAMPLE00';
const secretAccessKey = randomBytes(30).toString('base64');

/** Our own S3 endpoint over HTTP: sealed files, real keys, signatures checked, everything allowed. */
export interface SealedEndpoint {
  /** As the AWS SDK takes it. */
  readonly connection: {
    readonly region: string;
    readonly endpoint: string;
    readonly forcePathStyle: true;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly keys: KeyService;
  /** Every request so far as `<METHOD> <url>`, with the status once it is answered. */
  readonly requests: { readonly line: string; status?: number }[];
  /** Returns true to cut the connection instead of answering. */
  cut: ((request: IncomingMessage) => boolean) | undefined;
  /** Waited for before a request is answered. */
  hold: ((request: IncomingMessage) => Promise<void>) | undefined;
  createKey(alias: string): Promise<string>;
  createBucket(bucket: string, options?: { readonly isVersioned?: boolean }): Promise<void>;
  close(): Promise<void>;
}

export async function openSealedEndpoint(): Promise<SealedEndpoint> {
  const folder = await mkdtemp(join(tmpdir(), 'sealed-endpoint-'));
  const clock = (): Date => new Date();
  const keys = await KeyService.open({
    ...{ accountId, region, clock },
    store: new KeyStoreFile(join(folder, 'keys.json')),
    provider: await LocalKeyring.open({
      keyringPath: join(folder, 'keyring.json'),
      unlock: { rootKeyPath: join(folder, 'root.key') },
    }),
    authorize: async () => undefined,
    onUse: async () => undefined,
  });
  const createKey = async (alias: string): Promise<string> =>
    (await keys.create({ alias, policy: {}, caller })).arn;
  await createKey('alias/domain');
  const store = await ObjectStoreEmbedded.open({
    ...{ folder: join(folder, 'objects'), keys, clock },
    bucketKeys: new BucketKeys({ keys, clock }),
    defaultKey: 'alias/domain',
    metadataKey: randomBytes(32),
  });
  const service = createS3Service({
    ...{ store, region, accountId, clock },
    hostNames: ['127.0.0.1'],
    authenticate: async (asked) =>
      asked.accessKeyId === accessKeyId
        ? { secretAccessKey, principal: { arn: caller.principal, account: accountId } }
        : 'InvalidAccessKeyId',
    authorize: async () => ({ allowed: true, sentence: 'allowed', rule: 'all' }),
    resolveKeyArn: async (reference) => findKeyArn(keys, reference),
    checkBucketPolicy: async () => ({ isPublic: false }),
    log: () => undefined,
  });
  const requests: SealedEndpoint['requests'] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const seen: SealedEndpoint['requests'][number] = { line: `${request.method} ${request.url}` };
    requests.push(seen);
    if (endpoint.cut?.(request) === true) {
      request.destroy();
      return;
    }
    response.on('finish', () => {
      seen.status = response.statusCode;
    });
    const connection = { secureTransport: false, isLoopback: true };
    void Promise.resolve(endpoint.hold?.(request)).then(() =>
      service.handle(request, response, connection),
    );
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint: SealedEndpoint = {
    connection: {
      region,
      endpoint: `http://127.0.0.1:${port}`,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
    },
    ...{ keys, requests, cut: undefined, hold: undefined, createKey },
    async createBucket(bucket, { isVersioned = false } = {}) {
      await store.createBucket({ bucket, caller });
      if (!isVersioned) return;
      await store.putBucketSetting({ bucket, setting: 'versioning', value: 'Enabled', caller });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
      await keys.close();
      await rm(folder, { recursive: true });
    },
  };
  return endpoint;
}

function findKeyArn(keys: KeyService, reference: string): string | undefined {
  try {
    return keys.describe(reference).arn;
  } catch (error) {
    if (error instanceof KeyError && error.code === 'NotFoundException') return undefined;
    throw error;
  }
}
