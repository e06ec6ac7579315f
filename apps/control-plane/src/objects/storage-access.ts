import { StrongroomError } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import { domainArns } from '@strongroom/domain';
import type {
  BucketInfo,
  GetObjectResult,
  ListObjectsResult,
  ObjectStore,
} from '@strongroom/object-store';
import type { AuthorizeBucketCall } from '../policies/authorize-bucket-call.ts';
import type { ActingAs } from '../policies/policy-book.ts';
import { s3EndpointId } from './s3-endpoint.ts';
import { storageRefusal } from './storage-refusal.ts';
import { writeObject } from './write-object.ts';

/** Who asks, and whether from a studio or from the console. */
export interface StorageAsker {
  readonly acting: ActingAs;
  readonly from: 'studio' | 'console';
  /** The service of the platform that asks in their name, as `aws:CalledVia` says it. */
  readonly via?: string;
}

export interface ListFolderRequest {
  readonly bucket: string;
  readonly prefix: string;
  readonly continuationToken?: string;
  /** 1,000 at most, and where it is not given. */
  readonly maximumKeys?: number;
}

export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

export interface WriteRequest extends ObjectPlace {
  readonly body: AsyncIterable<Uint8Array>;
  readonly sizeBytes: number;
  readonly contentType: string;
  /** Refused with `ObjectExists` where there is one already. Default: it is replaced. */
  readonly keepsExisting?: boolean;
  /** Awaited once all bytes are there; where it rejects, nothing is stored. */
  readonly beforeStored?: () => Promise<void>;
}

const pageSize = 1_000;
/** As a program says it that seals what it writes. */
const sealedWrite = { 's3:x-amz-server-side-encryption': 'aws:kms' };

/**
 * The object store as pages use it: the same decisions as on the S3 endpoint, with the same policies,
 * taken on the same condition keys.
 */
export class StorageAccess {
  readonly #store: ObjectStore;
  readonly #authorizeCall: AuthorizeBucketCall;
  readonly #domain: () => Domain;

  constructor(options: {
    readonly store: ObjectStore;
    readonly authorizeCall: AuthorizeBucketCall;
    readonly domain: () => Domain;
  }) {
    this.#store = options.store;
    this.#authorizeCall = options.authorizeCall;
    this.#domain = options.domain;
  }

  /** The buckets whose objects this asker may list, by name. */
  async listBuckets(asker: StorageAsker): Promise<readonly BucketInfo[]> {
    const all = await this.#store.listBuckets({ caller: this.#callerOf(asker) });
    const judged = await Promise.all(
      all.map(async (info) => ({ info, may: await this.#may(asker, 's3:ListBucket', info) })),
    );
    return judged.filter(({ may }) => may.allowed).map(({ info }) => info);
  }

  /** One level: what is below the prefix up to the next slash. @throws {StrongroomError} */
  async listFolder(asker: StorageAsker, request: ListFolderRequest): Promise<ListObjectsResult> {
    const { bucket, prefix, continuationToken, maximumKeys = pageSize } = request;
    const context = { 's3:prefix': prefix, 's3:delimiter': '/', 's3:max-keys': maximumKeys };
    await this.#require(asker, 's3:ListBucket', { bucket, context });
    return this.#answered(() =>
      this.#store.listObjects({
        ...{ bucket, prefix, delimiter: '/', maximumKeys },
        ...(continuationToken === undefined ? {} : { continuationToken }),
        caller: this.#callerOf(asker),
      }),
    );
  }

  /** @throws {StrongroomError} `AccessDenied`, `ObjectNotFound`, `KeyUnavailable` */
  async read(asker: StorageAsker, { bucket, key }: ObjectPlace): Promise<GetObjectResult> {
    await this.#require(asker, 's3:GetObject', { bucket, key });
    const caller = this.#callerOf(asker);
    return this.#answered(() => this.#store.getObject({ bucket, key, caller }));
  }

  /** Whether what `read` answered would be answered still. */
  async mayRead(asker: StorageAsker, { bucket, key }: ObjectPlace): Promise<boolean> {
    const { settings } = await this.#headBucket(bucket);
    return (await this.#may(asker, 's3:GetObject', { bucket, key, settings })).allowed;
  }

  /** Whether what `write` has begun would be begun still. */
  async mayWrite(asker: StorageAsker, { bucket, key }: ObjectPlace): Promise<boolean> {
    const { settings } = await this.#headBucket(bucket);
    const asked = { bucket, key, settings, context: sealedWrite };
    return (await this.#may(asker, 's3:PutObject', asked)).allowed;
  }

  /** @throws {StrongroomError} `AccessDenied`, `BucketFull`, `DiskFull`, `KeyUnavailable`, `ObjectExists` */
  async write(asker: StorageAsker, request: WriteRequest): Promise<void> {
    await this.requireWrite(asker, request);
    const { keepsExisting = false, ...rest } = request;
    const conditions = keepsExisting ? { conditions: { ifNoneMatch: '*' } } : {};
    const caller = this.#callerOf(asker);
    await this.#answered(() => writeObject(this.#store, { ...rest, ...conditions, caller }));
  }

  /** @throws {StrongroomError} `AccessDenied` */
  async requireWrite(asker: StorageAsker, { bucket, key }: ObjectPlace): Promise<void> {
    await this.#require(asker, 's3:PutObject', { bucket, key, context: sealedWrite });
  }

  /** Whether there is an object of that key. @throws {StrongroomError} `AccessDenied` */
  async exists(asker: StorageAsker, { bucket, key }: ObjectPlace): Promise<boolean> {
    const context = { 's3:prefix': key, 's3:max-keys': 1 };
    await this.#require(asker, 's3:ListBucket', { bucket, context });
    const caller = this.#callerOf(asker);
    const page = { bucket, prefix: key, maximumKeys: 1, caller };
    const { objects } = await this.#answered(() => this.#store.listObjects(page));
    return objects[0]?.key === key;
  }

  /** @throws {StrongroomError} `AccessDenied` */
  async requireDelete(asker: StorageAsker, { bucket, key }: ObjectPlace): Promise<void> {
    await this.#require(asker, 's3:DeleteObject', { bucket, key });
  }

  /** A missing object is no failure. @throws {StrongroomError} `AccessDenied` */
  async remove(asker: StorageAsker, { bucket, key }: ObjectPlace): Promise<void> {
    await this.requireDelete(asker, { bucket, key });
    await this.#answered(() =>
      this.#store.deleteObject({ bucket, key, caller: this.#callerOf(asker) }),
    );
  }

  /** What this asker may do with objects in the bucket, for pages that show only what works. */
  async permissionsOn(asker: StorageAsker, info: BucketInfo) {
    const { bucket } = info;
    const context = sealedWrite;
    const { settings } = info;
    const ask = async (action: string) =>
      (await this.#may(asker, action, { bucket, settings, key: '*', context })).allowed;
    return {
      mayList: (await this.#may(asker, 's3:ListBucket', { bucket, settings })).allowed,
      mayRead: await ask('s3:GetObject'),
      mayWrite: await ask('s3:PutObject'),
      mayDelete: await ask('s3:DeleteObject'),
    };
  }

  #callerOf({ acting, from }: StorageAsker) {
    const { domain } = this.#domain();
    const arns = domainArns(this.#domain());
    const principal =
      acting.kind === 'person'
        ? arns.roleSession(acting.person.role, acting.person.profileName)
        : arns.executionRoleSession(acting.profileName);
    return from === 'studio'
      ? { principal, sourceEndpoint: s3EndpointId(domain.accountId) }
      : { principal };
  }

  #may(asker: StorageAsker, action: string, asked: Asked & Pick<BucketInfo, 'settings'>) {
    const { bucket, key, context, settings } = asked;
    const { domain } = this.#domain();
    const arn = `arn:aws:s3:::${bucket}`;
    const isInside = asker.from === 'studio';
    return this.#authorizeCall({
      ...{ acting: asker.acting, action, bucket, bucketPolicy: settings.policy },
      resourceArn: key === undefined ? arn : `${arn}/${key}`,
      context: {
        ...{ 'aws:SecureTransport': true, 's3:ResourceAccount': domain.accountId },
        ...(isInside ? { 'aws:SourceVpce': s3EndpointId(domain.accountId) } : {}),
        ...(asker.via === undefined ? {} : { 'aws:CalledVia': [asker.via] }),
        ...context,
      },
      endpoint: isInside ? 's3' : undefined,
    });
  }

  async #require(asker: StorageAsker, action: string, asked: Asked): Promise<void> {
    const { bucket, key } = asked;
    const { settings } = await this.#headBucket(bucket);
    const decision = await this.#may(asker, action, { ...asked, settings });
    if (decision.allowed) return;
    const { sentence, koreanSentence, rule } = decision;
    const target = `arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}`;
    const values = { action, rule, sentence, koreanSentence, target };
    throw new StrongroomError('AccessDenied', sentence, { values });
  }

  #headBucket(bucket: string): Promise<BucketInfo> {
    const caller = { principal: 'platform' };
    return this.#answered(() => this.#store.headBucket({ bucket, caller }));
  }

  async #answered<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      throw storageRefusal(error);
    }
  }
}

interface Asked {
  readonly bucket: string;
  readonly key?: string;
  readonly context?: Readonly<Record<string, string | number>>;
}
