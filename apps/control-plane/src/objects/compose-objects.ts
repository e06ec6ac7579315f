import { join } from 'node:path';
import { createS3Service, type ObjectStore, ObjectStoreEmbedded } from '@strongroom/object-store';
import { BucketKeys, KeyError, type KeyService } from '@strongroom/sealing';
import type { Clock } from '../clock.ts';
import type { Closers } from '../closers.ts';
import type { Domain } from '../config/domain.ts';
import type { People } from '../identity/people.ts';
import { ensureKey } from '../keys/compose-keys.ts';
import { openRootKey } from '../keys/root-key.ts';
import type { TemporaryCredentials } from '../network/credentials/temporary-credentials.ts';
import { createAuthorizeBucketCall } from '../policies/authorize-bucket-call.ts';
import { checkBucketPolicy } from '../policies/check-bucket-policy.ts';
import type { PolicyBook } from '../policies/policy-book.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { createAuthenticateStorage } from './authenticate-storage.ts';
import { prepareBuckets } from './prepare-buckets.ts';
import { s3HostNames } from './s3-host-names.ts';
import type { StoragePrincipal } from './storage-principal.ts';

export interface ComposeObjectsOptions {
  readonly domain: () => Domain;
  readonly keys: KeyService;
  readonly people: People;
  readonly book: PolicyBook;
  readonly credentials: TemporaryCredentials;
  readonly clock: Clock;
  readonly log: StudioLog;
  readonly closers: Closers;
}

/** Seals every object of this domain. */
export const dataKeyAlias = 'alias/strongroom-data';
const hourMilliseconds = 60 * 60 * 1000;

/** The object store with its buckets, and S3's protocol before it. */
export async function composeObjects(options: ComposeObjectsOptions) {
  const { domain, keys, people, book, credentials, clock, log, closers } = options;
  const { accountId, region } = domain().domain;
  const store = await openStore(options);
  closers.add(() => store.close());
  const keyArn = keys.describe(dataKeyAlias).arn;
  await prepareBuckets(store, { buckets: domain().buckets, region, keyArn });
  startHousekeeping(store, keys, options);
  const authorizeCall = createAuthorizeBucketCall({ domain, people, book, clock });
  const service = createS3Service<StoragePrincipal>({
    ...{ store, region, accountId, clock },
    hostNames: [...s3HostNames(region).service, 'localhost', '127.0.0.1'],
    authenticate: createAuthenticateStorage({ domain, people, credentials }),
    async authorize({ principal, action, bucket, resourceArn, context, bucketPolicy, connection }) {
      const decision = await authorizeCall({
        ...{ acting: principal.acting, action, resourceArn, bucket, context, bucketPolicy },
        endpoint: connection.sourceVpce === undefined ? undefined : 's3',
      });
      const { allowed, sentence, koreanSentence, rule } = decision;
      return { allowed, rule, sentence: `${sentence} ${koreanSentence}` };
    },
    async resolveKeyArn(reference) {
      try {
        return keys.describe(reference).arn;
      } catch (error) {
        if (error instanceof KeyError) return undefined;
        throw error;
      }
    },
    checkBucketPolicy,
    log({ status, cause, ...line }) {
      const fields = { ...line, status, event: 's3-request' };
      if (status >= 500) log.error({ ...fields, err: cause }, 'An S3 request failed');
      else log.info(fields, 'S3 request');
    },
  });
  return { store, service, authorizeCall };
}

async function openStore(options: ComposeObjectsOptions): Promise<ObjectStore> {
  const { domain, keys, clock } = options;
  const { dataFolder, objects } = domain();
  await ensureKey(keys, {
    ...{ alias: dataKeyAlias, description: 'Seals the objects of this domain', domain: domain() },
  });
  return ObjectStoreEmbedded.open({
    ...{ folder: join(dataFolder, 'objects'), keys, clock, defaultKey: dataKeyAlias },
    bucketKeys: new BucketKeys({ keys, clock }),
    metadataKey: await openRootKey(dataFolder, 'object-metadata.key'),
    freeSpaceFloorBytes: objects.freeSpaceFloorBytes,
  });
}

/** Expiry by lifecycle rules, and the end of keys whose waiting period is over. */
function startHousekeeping(
  store: ObjectStore,
  keys: KeyService,
  { log, closers }: ComposeObjectsOptions,
): void {
  const keepHouse = async () => {
    await keys.deleteDue();
    if (store instanceof ObjectStoreEmbedded) await store.expireDue();
  };
  const timer = setInterval(() => {
    keepHouse().catch((error: unknown) => log.error({ err: error }, 'Cannot keep house'));
  }, hourMilliseconds);
  closers.add(() => clearInterval(timer));
}
