import { StrongroomError } from '@strongroom/contracts';
import type { Domain, DomainBucket } from '@strongroom/domain';
import {
  createS3Service,
  type KeyUsage,
  type ObjectStore,
  ObjectStoreEmbedded,
  type S3Connection,
} from '@strongroom/object-store';
import type { KeyService } from '@strongroom/sealing';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Closers } from '../closers.ts';
import type { People } from '../identity/people.ts';
import type { TemporaryCredentials } from '../network/credentials/temporary-credentials.ts';
import { createAsksForExistingTags } from '../policies/asks-for-existing-tags.ts';
import { createAuthorizeBucketCall } from '../policies/authorize-bucket-call.ts';
import { checkBucketPolicy } from '../policies/check-bucket-policy.ts';
import type { PolicyBook } from '../policies/policy-book.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { createAuthenticateStorage } from './authenticate-storage.ts';
import { type ObjectKeys, openObjectStore } from './open-object-store.ts';
import { prepareBuckets } from './prepare-buckets.ts';
import { requireBuckets } from './require-buckets.ts';
import { s3Endpoint } from './s3-endpoint.ts';
import { s3HostNames } from './s3-host-names.ts';
import { StorageAccess } from './storage-access.ts';
import type { StoragePrincipal } from './storage-principal.ts';

export interface ComposeObjectsOptions {
  readonly domain: () => Domain;
  readonly keys: KeyService;
  readonly objectKeys: ObjectKeys;
  readonly people: Pick<People, 'find'>;
  readonly book: PolicyBook;
  readonly credentials: TemporaryCredentials;
  readonly audit: Pick<AuditLog, 'endpointCallDenied'>;
  /** Its buckets are made and changed by its deployment alone. */
  readonly areDeployed?: boolean;
  readonly clock: Clock;
  readonly log: StudioLog;
  readonly closers: Closers;
}

const platform = { principal: 'platform' };
const hourMilliseconds = 60 * 60 * 1000;

/** The object store with its buckets, and S3's protocol before it. */
export async function composeObjects(options: ComposeObjectsOptions) {
  const { domain, keys, objectKeys, people, book, credentials, audit } = options;
  const { clock, log, closers } = options;
  const { accountId, region } = domain().domain;
  const store = await openObjectStore({ domain: domain(), keys, clock });
  closers.add(() => store.close());
  const keyArn = objectKeys.dataKeyArn;
  const buckets = [...domain().buckets, sharingBucket(domain())];
  if (options.areDeployed === true) {
    await requireBuckets(
      store,
      buckets.map(({ name }) => name),
    );
  } else {
    await prepareBuckets(store, { buckets, region, keyArn });
  }
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
      const { allowed, rule } = decision;
      if (allowed) return { allowed, rule, sentence: '' };
      await recordRefusal(audit, { principal, action, resourceArn, connection }, rule);
      return { allowed, rule, sentence: `${decision.sentence} ${decision.koreanSentence}` };
    },
    resolveKeyArn: objectKeys.resolveKeyArn,
    checkBucketPolicy,
    asksForExistingTags: createAsksForExistingTags(book),
    log({ status, cause, ...line }) {
      const fields = { ...line, status, event: 's3-request' };
      if (status >= 500) log.error({ ...fields, err: cause }, 'An S3 request failed');
      else log.info(fields, 'S3 request');
    },
  });
  return {
    ...{ store, service, access: new StorageAccess({ store, authorizeCall, domain }) },
    dataKeyArn: keyArn,
    endpoint: s3Endpoint({ service, region, accountId }),
    /** What each of our keys seals; nothing where the objects are in another S3, under its own keys. */
    async keyUsage(): Promise<readonly KeyUsage[]> {
      return store instanceof ObjectStoreEmbedded ? store.keyUsage() : [];
    },
    /** @throws {StrongroomError} `InvalidRequest` where the store is not ours to read through */
    async scrub() {
      if (store instanceof ObjectStoreEmbedded) return store.scrub({ caller: platform });
      throw new StrongroomError('InvalidRequest', 'Cannot scrub: the objects are in another S3');
    },
  };
}

/** Nobody's own: its objects are written and read by the sharing service alone. */
function sharingBucket({ sharing }: Domain): DomainBucket {
  const description = 'Shared notebooks';
  return {
    ...{ name: sharing.bucket, description, access: [], versioning: false },
    quotaBytes: undefined,
  };
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

/** What a studio was refused. Refused all the same where it cannot be recorded; the writer's log says so. */
async function recordRefusal(
  audit: Pick<AuditLog, 'endpointCallDenied'>,
  asked: {
    readonly principal: StoragePrincipal;
    readonly action: string;
    readonly resourceArn: string;
    readonly connection: S3Connection;
  },
  rule: string,
): Promise<void> {
  const { principal, action, resourceArn: resource, connection } = asked;
  const { acting } = principal;
  if (connection.sourceVpce === undefined || acting.kind !== 'execution-role') return;
  const call = { endpoint: 's3', action, resource, rule };
  await audit.endpointCallDenied(acting.profileName, call).catch(() => undefined);
}
