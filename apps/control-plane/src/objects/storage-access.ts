import { StrongroomError } from '@strongroom/contracts';
import {
  type BucketInfo,
  type GetObjectResult,
  type ListObjectsResult,
  type ObjectStore,
  S3Error,
} from '@strongroom/object-store';
import type { Domain } from '../config/domain.ts';
import type { AuthorizeBucketCall } from '../policies/authorize-bucket-call.ts';
import { domainArns } from '../policies/domain-arns.ts';
import type { ActingAs } from '../policies/policy-book.ts';
import { s3EndpointId } from './s3-endpoint.ts';

/** Who asks, and whether from a studio or from the console. */
export interface StorageAsker {
  readonly acting: ActingAs;
  readonly from: 'studio' | 'console';
}

export interface ListFolderRequest {
  readonly bucket: string;
  readonly prefix: string;
  readonly continuationToken?: string;
}

export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

export interface WriteRequest extends ObjectPlace {
  readonly body: AsyncIterable<Uint8Array>;
  readonly sizeBytes: number;
  readonly contentType: string;
}

const pageSize = 1_000;

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
    const { bucket, prefix, continuationToken } = request;
    const context = { 's3:prefix': prefix, 's3:delimiter': '/', 's3:max-keys': pageSize };
    await this.#require(asker, 's3:ListBucket', { bucket, context });
    return this.#answered(() =>
      this.#store.listObjects({
        ...{ bucket, prefix, delimiter: '/', maximumKeys: pageSize },
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

  /** @throws {StrongroomError} `AccessDenied`, `DiskFull`, `KeyUnavailable` */
  async write(asker: StorageAsker, request: WriteRequest): Promise<void> {
    const { bucket, key, body, sizeBytes, contentType } = request;
    const context = { 's3:x-amz-server-side-encryption': 'aws:kms' };
    await this.#require(asker, 's3:PutObject', { bucket, key, context });
    const caller = this.#callerOf(asker);
    const content = { body, sizeBytes };
    const headers = { contentType };
    await this.#answered(() => this.#store.putObject({ bucket, key, content, headers, caller }));
  }

  /** A missing object is no failure. @throws {StrongroomError} `AccessDenied` */
  async remove(asker: StorageAsker, { bucket, key }: ObjectPlace): Promise<void> {
    await this.#require(asker, 's3:DeleteObject', { bucket, key });
    await this.#answered(() =>
      this.#store.deleteObject({ bucket, key, caller: this.#callerOf(asker) }),
    );
  }

  /** What this asker may do with objects in the bucket, for pages that show only what works. */
  async permissionsOn(asker: StorageAsker, info: BucketInfo) {
    const { bucket } = info;
    const context = { 's3:x-amz-server-side-encryption': 'aws:kms' };
    const ask = async (action: string) =>
      (await this.#may(asker, action, { bucket, settings: info.settings, key: '*', context }))
        .allowed;
    return {
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
        ...context,
      },
      endpoint: isInside ? 's3' : undefined,
    });
  }

  async #require(asker: StorageAsker, action: string, asked: Asked): Promise<void> {
    const { settings } = await this.#answered(() =>
      this.#store.headBucket({ bucket: asked.bucket, caller: { principal: 'platform' } }),
    );
    const decision = await this.#may(asker, action, { ...asked, settings });
    const { allowed, sentence, koreanSentence, rule } = decision;
    if (allowed) return;
    throw new StrongroomError('AccessDenied', sentence, {
      values: { action, rule, sentence, koreanSentence },
    });
  }

  async #answered<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      throw asStrongroomError(error);
    }
  }
}

interface Asked {
  readonly bucket: string;
  readonly key?: string;
  readonly context?: Readonly<Record<string, string | number>>;
}

/** The store's refusals in the console's words. */
export function asStrongroomError(error: unknown): unknown {
  if (!(error instanceof S3Error)) return error;
  const options = { cause: error };
  const { code, message } = error;
  if (code === 'NoSuchBucket') return new StrongroomError('BucketNotFound', message, options);
  if (code === 'NoSuchKey' || code === 'NoSuchVersion') {
    return new StrongroomError('ObjectNotFound', message, options);
  }
  if (code.startsWith('KMS.')) return new StrongroomError('KeyUnavailable', message, options);
  if (code === 'AccessDenied') return new StrongroomError('AccessDenied', message, options);
  if (error.status === 507 || code === 'QuotaExceeded') {
    return new StrongroomError('DiskFull', message, options);
  }
  return error.status < 500 ? new StrongroomError('InvalidRequest', message, options) : error;
}
