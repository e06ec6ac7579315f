import type { Readable } from 'node:stream';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { requireWholeNumber } from './errors/refuse-argument.ts';
import { fileSizeBytes } from './files/file-size.ts';
import { type BucketSummary, listBuckets } from './listing/list-buckets.ts';
import { listFolder, listObjects } from './listing/list-objects.ts';
import type { ListedFolder, ListedObject } from './listing/list-pages.ts';
import { type CopySource, copyObject, type ObjectPlace } from './objects/copy-object.ts';
import { type DeleteObjectOptions, deleteObject } from './objects/delete-object.ts';
import { encryptionFields } from './objects/encryption-fields.ts';
import {
  type FoundObject,
  type GetObjectOptions,
  getObject,
  type ReadOptions,
} from './objects/get-object.ts';
import {
  type HeadObjectOptions,
  headObject,
  type ObjectDescription,
} from './objects/head-object.ts';
import type { ObjectDetails, WrittenObject } from './objects/object-details.ts';
import {
  type PresignedRequest,
  type PresignGetOptions,
  type PresignPutOptions,
  presignGet,
  presignPut,
} from './objects/presign.ts';
import { type PutObjectOptions, putObject } from './objects/put-object.ts';
import type { OperationOptions, S3Access } from './s3-access.ts';
import { copyFolder, type FolderPlace } from './transfers/copy-folder.ts';
import { type DeleteFolderOptions, deleteFolder } from './transfers/delete-folder.ts';
import { downloadFile, requireObject } from './transfers/download-file.ts';
import { downloadFolder } from './transfers/download-folder.ts';
import type { FolderOptions, FolderResult } from './transfers/folder-options.ts';
import { type ProgressOptions, toolsForOne } from './transfers/run-transfers.ts';
import { uploadFile } from './transfers/upload-file.ts';
import { type UploadFolderOptions, uploadFolder } from './transfers/upload-folder.ts';

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;

export interface S3ManagerOptions {
  /**
   * Handed to the AWS SDK as it is: `region`, `endpoint`, `credentials`, `forcePathStyle` and so on.
   * What is left out comes from the SDK's usual environment, profile and container sources.
   */
  readonly connection?: S3ClientConfig | undefined;
  /**
   * The key that seals every write: its id, ARN, `alias/<name>` or the alias's ARN. Without one the
   * writes still ask for SSE-KMS, and the bucket's default key applies.
   */
  readonly kmsKey?: string | undefined;
  /** Whether a bucket key saves calls to the key service. By default the bucket decides. */
  readonly bucketKeyEnabled?: boolean | undefined;
  /**
   * Files larger than this go in parts of this size, from 5 MiB (S3's least) to 5 GiB. Default 8 MiB.
   * An operation holds up to `concurrency` parts in memory.
   */
  readonly partSizeBytes?: number | undefined;
  /** Requests with content at once in one operation, from 1 to 100. Default 8. */
  readonly concurrency?: number | undefined;
  /**
   * A folder of this account where uploads in parts are remembered, so that the next try goes on with
   * one that failed. Without it a failed upload is taken back and leaves nothing in the bucket.
   */
  readonly checkpointFolder?: string | undefined;
  /** Objects larger than this are copied in parts. Default 5 GiB, S3's limit for one request. */
  readonly copyInPartsAboveBytes?: number | undefined;
}

/**
 * Objects of S3 with every write sealed under one key. Works with AWS and with Strongroom's own
 * endpoint. Every method rejects with an {@link S3ManagerError} and with nothing else.
 *
 * @example
 * ```ts
 * const s3 = new S3Manager({ kmsKey: 'alias/research' });
 * await s3.putObject('reports', 'a.txt', 'Hello');
 * const found = await s3.getObject('reports', 'a.txt');
 * console.log(await found?.text());
 * s3.close();
 * ```
 */
export class S3Manager {
  readonly #access: S3Access;

  /** @throws S3ManagerError `InvalidArgument` for a number that is out of its bounds */
  constructor(options: S3ManagerOptions = {}) {
    const { partSizeBytes = 8 * mebibyte, concurrency = 8 } = options;
    const { copyInPartsAboveBytes = 5 * gibibyte } = options;
    requireWholeNumber('partSizeBytes', partSizeBytes, { least: 5 * mebibyte, most: 5 * gibibyte });
    requireWholeNumber('concurrency', concurrency, { least: 1, most: 100 });
    const copyBounds = { least: 5 * mebibyte, most: 5 * gibibyte };
    requireWholeNumber('copyInPartsAboveBytes', copyInPartsAboveBytes, copyBounds);
    this.#access = {
      // Checksums are made here, where a part is in memory anyway. Left to itself the SDK would also
      // put the checksum of nothing into presigned uploads.
      client: new S3Client({
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        ...options.connection,
        requestHandler: requestHandler(options.connection?.requestHandler),
      }),
      encryption: encryptionFields(options),
      partSizeBytes,
      concurrency,
      copyInPartsAboveBytes,
      checkpointFolder: options.checkpointFolder,
    };
  }

  /** Closes idle connections. What runs still ends. */
  close(): void {
    this.#access.client.destroy();
  }

  /** All buckets that the credentials may see, however many. */
  async listBuckets(options: OperationOptions = {}): Promise<BucketSummary[]> {
    return await listBuckets(this.#access, options);
  }

  /**
   * Every object whose key begins with `prefix` (as it is: `data` also finds `database/…`), page after
   * page, in the order of the keys. Complete, however many there are.
   */
  listObjects(
    bucket: string,
    prefix = '',
    options: OperationOptions = {},
  ): AsyncIterableIterator<ListedObject> {
    return listObjects(this.#access, { bucket, prefix }, options);
  }

  /**
   * One level below `prefix`: objects and folders in the order of their names. End the prefix with a
   * slash to look into a folder. Complete, however many there are.
   */
  listFolder(
    bucket: string,
    prefix = '',
    options: OperationOptions = {},
  ): AsyncIterableIterator<ListedObject | ListedFolder> {
    return listFolder(this.#access, { bucket, prefix }, options);
  }

  /** What the service says of an object, or `undefined` where there is none. */
  async headObject(
    bucket: string,
    key: string,
    options: HeadObjectOptions = {},
  ): Promise<ObjectDescription | undefined> {
    return await headObject(this.#access, { bucket, key }, options);
  }

  /**
   * Writes an object. A stream may be of any length: it goes in parts of `partSizeBytes`.
   *
   * @throws S3ManagerError `PreconditionFailed` where `ifNoneMatch` or `ifMatch` did not hold;
   * `KeyUnavailable` where the key is disabled; `AccessDenied`; `NoSuchBucket`
   */
  async putObject(
    bucket: string,
    key: string,
    body: string | Uint8Array | Readable,
    options: PutObjectOptions = {},
  ): Promise<WrittenObject> {
    return await putObject(this.#access, { bucket, key }, body, options);
  }

  /**
   * An object with its content on the way, or `undefined` where there is none. Read or destroy its
   * `body`.
   *
   * @throws S3ManagerError `NoSuchBucket`: a missing bucket is an error, unlike a missing object
   */
  async getObject(
    bucket: string,
    key: string,
    options: GetObjectOptions = {},
  ): Promise<FoundObject | undefined> {
    return await getObject(this.#access, { bucket, key }, options);
  }

  /** An object's content as UTF-8, or `undefined`. @throws S3ManagerError `ObjectTooLarge` */
  async getText(
    bucket: string,
    key: string,
    options: GetObjectOptions & ReadOptions = {},
  ): Promise<string | undefined> {
    const found = await this.getObject(bucket, key, options);
    return await found?.text(options);
  }

  /** Deletes an object; one that is not there is no error. */
  async deleteObject(
    bucket: string,
    key: string,
    options: DeleteObjectOptions = {},
  ): Promise<void> {
    await deleteObject(this.#access, { bucket, key }, options);
  }

  /** Deletes every object in the folder `prefix`, or in the bucket with `''`. Returns how many. */
  async deleteFolder(
    bucket: string,
    prefix: string,
    options: DeleteFolderOptions = {},
  ): Promise<number> {
    return await deleteFolder(this.#access, { bucket, prefix }, options);
  }

  /**
   * Copies inside the service, sealed under the configured key; content type and user metadata go
   * along, tags only up to `copyInPartsAboveBytes`.
   *
   * @throws S3ManagerError `NoSuchKey`; `RemoteObjectChanged` where the source was replaced meanwhile
   */
  async copyObject(
    source: CopySource,
    destination: ObjectPlace,
    options: OperationOptions = {},
  ): Promise<WrittenObject> {
    return await copyObject(this.#access, { source, destination }, { signal: options.signal });
  }

  /** Copies a folder of a bucket inside the service. Neither may lie within the other. */
  async copyFolder(
    source: FolderPlace,
    destination: FolderPlace,
    options: FolderOptions = {},
  ): Promise<FolderResult> {
    return await copyFolder(this.#access, { source, destination }, options);
  }

  /**
   * Uploads one file, always. Larger ones go in parallel parts, resumed with `checkpointFolder`.
   *
   * @throws S3ManagerError `LocalFileChanged` where the file changed meanwhile: no object appears
   */
  async uploadFile(
    path: string,
    bucket: string,
    key: string,
    options: ObjectDetails & OperationOptions & ProgressOptions = {},
  ): Promise<WrittenObject> {
    const { concurrency } = this.#access;
    const transfer = { key, sizeBytes: await fileSizeBytes(path) };
    const tools = toolsForOne(transfer, { ...options, concurrency });
    const way = { path, bucket, key, followLink: true };
    const written = await uploadFile(this.#access, way, { ...options, ...tools });
    tools.finish();
    return written;
  }

  /**
   * Downloads one object into a file, which appears whole or not at all and gets the object's time.
   * Larger ones come in parallel ranges. Folders on the way are made.
   *
   * @throws S3ManagerError `NoSuchKey`; `RemoteObjectChanged`; `ChecksumMismatch`
   */
  async downloadFile(
    bucket: string,
    key: string,
    path: string,
    options: GetObjectOptions & ProgressOptions = {},
  ): Promise<void> {
    const { concurrency } = this.#access;
    const { signal, versionId } = options;
    const object = await requireObject(this.#access, { bucket, key, versionId }, signal);
    const tools = toolsForOne(object, { ...options, concurrency });
    await downloadFile(this.#access, { object, path }, tools);
    tools.finish();
  }

  /**
   * Uploads the files below a folder that differ, to keys below `prefix` with their relative paths.
   * Links out of the folder are not followed but reported in `ignored`. Run it again to go on after a
   * failure.
   *
   * @throws S3ManagerError `TransferIncomplete` with its `failures`, after all others are done
   */
  async uploadFolder(
    folder: string,
    bucket: string,
    prefix = '',
    options: UploadFolderOptions = {},
  ): Promise<FolderResult> {
    return await uploadFolder(this.#access, { folder, bucket, prefix }, options);
  }

  /**
   * Downloads the objects below `prefix` that differ into a folder. Run it again to go on after a
   * failure.
   *
   * @throws S3ManagerError `UnsafeKey`, before anything is written, where a key would leave the folder
   * or cannot be a file; `TransferIncomplete` with its `failures`, after all others are done
   */
  async downloadFolder(
    bucket: string,
    prefix: string,
    folder: string,
    options: FolderOptions = {},
  ): Promise<FolderResult> {
    return await downloadFolder(this.#access, { bucket, prefix, folder }, options);
  }

  /** A URL with which anybody may read this object until it expires. */
  async presignGet(
    bucket: string,
    key: string,
    options: PresignGetOptions = {},
  ): Promise<PresignedRequest> {
    return await presignGet(this.#access, { bucket, key }, options);
  }

  /** A URL with which anybody may write this object until it expires: send its `headers` too. */
  async presignPut(
    bucket: string,
    key: string,
    options: PresignPutOptions = {},
  ): Promise<PresignedRequest> {
    return await presignPut(this.#access, { bucket, key }, options);
  }
}

/** A peer that has gone must not hold up for ever. A handler that the caller made stays as it is. */
function requestHandler(
  chosen: S3ClientConfig['requestHandler'],
): NonNullable<S3ClientConfig['requestHandler']> {
  if (chosen !== undefined && 'handle' in chosen) return chosen;
  return { connectionTimeout: 10_000, socketTimeout: 120_000, ...chosen };
}
