import type { KeyCaller } from '@strongroom/sealing';
import type { Tags } from './bucket-settings.ts';
import type {
  Checksum,
  ChecksumAlgorithm,
  ChecksumType,
  ObjectEncryption,
  ObjectInfo,
  Retention,
  SystemHeaders,
} from './object-info.ts';

/** Who asks: handed to the key service, which decides and records. */
export interface Asked {
  readonly caller: KeyCaller;
}

export interface BucketPlace extends Asked {
  readonly bucket: string;
}

export interface ObjectPlace extends BucketPlace {
  readonly key: string;
}

export interface VersionPlace extends ObjectPlace {
  /** Absent: the newest. */
  readonly versionId?: string;
}

/** Bytes on their way in; whoever calls has taken framing and signatures off. */
export interface IncomingContent {
  readonly body: AsyncIterable<Uint8Array>;
  /** More or fewer bytes are refused (`IncompleteBody`). */
  readonly sizeBytes: number;
  readonly checksum?: IncomingChecksum;
  /** Base64, as `Content-MD5` has it. */
  readonly contentMd5?: string;
}

export interface IncomingChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /**
   * Asked once the body has ended, because it may come in a trailer. `undefined`: only computed and
   * kept. Another value than the computed one is refused (`BadDigest`).
   */
  readonly expected?: () => string | undefined;
}

/** HTTP's conditions; ETags without quotes, `'*'` for any. A list holds where one of it does. */
export interface WriteConditions {
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
}

export interface ReadConditions {
  readonly ifMatch?: readonly string[];
  readonly ifNoneMatch?: readonly string[];
  readonly ifModifiedSince?: Date;
  readonly ifUnmodifiedSince?: Date;
}

/** What the request says about encryption; what it leaves out the bucket's default says. */
export interface RequestedEncryption {
  readonly keyReference?: string;
  readonly bucketKeyEnabled?: boolean;
}

export interface ObjectAttributes {
  readonly headers?: SystemHeaders;
  readonly userMetadata?: Readonly<Record<string, string>>;
  readonly tags?: Tags;
  readonly encryption?: RequestedEncryption;
  readonly retention?: Retention;
  readonly websiteRedirectLocation?: string;
}

export interface PutObjectRequest extends ObjectPlace, ObjectAttributes {
  readonly content: IncomingContent;
  readonly conditions?: WriteConditions;
}

export interface PutObjectResult {
  readonly etag: string;
  readonly versionId?: string;
  readonly encryption: ObjectEncryption;
  readonly checksum?: Checksum;
  readonly sizeBytes: number;
}

/** HTTP's three forms of one range; resolved against the size by the store. */
export type ByteRange =
  | { readonly first: number; readonly last?: number }
  | { readonly suffixLength: number };

export interface ReadObjectRequest extends VersionPlace {
  readonly range?: ByteRange;
  /** One part of a multipart object; 1 is the whole of any other. Not together with `range`. */
  readonly partNumber?: number;
  readonly conditions?: ReadConditions;
}

export interface HeadObjectResult {
  readonly info: ObjectInfo;
  /** What of it is meant: the whole, or the range or part that was asked for (last byte included). */
  readonly served: { readonly first: number; readonly last: number; readonly isPartial: boolean };
}

export interface GetObjectResult extends HeadObjectResult {
  /**
   * Verified bytes only; it throws where the stored data is damaged or the key is disabled on the
   * way. Nothing is opened before it is read, and leaving the loop closes what was opened.
   */
  readonly stream: AsyncIterable<Buffer>;
  /**
   * Aborted with the `S3Error` that `stream` throws when the key stops being usable. Whoever sends ends
   * the connection then, because what waits in its buffers would otherwise still arrive.
   */
  readonly signal: AbortSignal;
}

export interface DeleteObjectRequest extends VersionPlace {
  readonly conditions?: { readonly ifMatch?: string };
}

export interface DeleteObjectResult {
  /** Of what was deleted, or of the delete marker that was written. */
  readonly versionId?: string;
  readonly isDeleteMarker: boolean;
}

export interface DeleteObjectsRequest extends BucketPlace {
  readonly objects: readonly {
    readonly key: string;
    readonly versionId?: string;
    readonly ifMatch?: string;
  }[];
}

export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  /** `PreconditionFailed` where they do not hold, never `NotModified`. */
  readonly conditions?: ReadConditions;
}

export interface CopyObjectRequest extends ObjectPlace, ObjectAttributes {
  readonly source: CopySource;
  /** `COPY` takes headers and user metadata from the source, `REPLACE` from the request. */
  readonly metadataDirective: 'COPY' | 'REPLACE';
  readonly taggingDirective: 'COPY' | 'REPLACE';
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly conditions?: WriteConditions;
}

export interface CopyObjectResult extends PutObjectResult {
  readonly lastModified: Date;
  readonly sourceVersionId?: string;
}

export interface RetentionRequest extends VersionPlace {
  readonly retention: Retention;
}

export interface MultipartChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
}
