import type { Checksum, ObjectEncryption } from './object-info.ts';
import type {
  BucketPlace,
  CopySource,
  IncomingContent,
  MultipartChecksum,
  ObjectAttributes,
  ObjectPlace,
  WriteConditions,
} from './object-requests.ts';

export interface CreateUploadRequest extends ObjectPlace, ObjectAttributes {
  readonly checksum?: MultipartChecksum;
}

export interface CreateUploadResult {
  readonly uploadId: string;
  readonly encryption: ObjectEncryption;
  readonly checksum?: MultipartChecksum;
}

export interface UploadPlace extends ObjectPlace {
  readonly uploadId: string;
}

export interface UploadPartRequest extends UploadPlace {
  /** 1 to 10,000. */
  readonly partNumber: number;
  readonly content: IncomingContent;
}

export interface UploadPartResult {
  readonly etag: string;
  readonly checksum?: Checksum;
  readonly encryption: ObjectEncryption;
}

export interface CopyPartRequest extends UploadPlace {
  readonly partNumber: number;
  readonly source: CopySource;
  /** Last byte included, and both inside the source, as S3 demands it. */
  readonly range?: { readonly first: number; readonly last: number };
}

export interface CopyPartResult extends UploadPartResult {
  readonly lastModified: Date;
  readonly sourceVersionId?: string;
}

export interface CompleteUploadRequest extends UploadPlace {
  readonly parts: readonly CompletedPart[];
  readonly conditions?: WriteConditions;
  /** Of the whole object, where the client sends one. */
  readonly checksum?: { readonly value: string; readonly type?: MultipartChecksum['type'] };
  /** `x-amz-mp-object-size` */
  readonly expectedSizeBytes?: number;
}

export interface CompletedPart {
  readonly partNumber: number;
  readonly etag: string;
  /** In the upload's algorithm. */
  readonly checksum?: string;
}

export interface ListPartsRequest extends UploadPlace {
  readonly partNumberMarker?: number;
  /** 1,000 at most, and where it is not given. */
  readonly maximumParts?: number;
}

export interface ListPartsResult {
  readonly parts: readonly ListedPart[];
  readonly isTruncated: boolean;
  readonly nextPartNumberMarker?: number;
  readonly initiator: string;
  /** What the upload was begun with: its parts are decided by it, for they carry no headers of it. */
  readonly encryption?: ObjectEncryption;
  readonly checksum?: MultipartChecksum;
}

interface ListedPart {
  readonly partNumber: number;
  readonly etag: string;
  readonly sizeBytes: number;
  readonly lastModified: Date;
  readonly checksum?: Checksum;
}

export interface ListUploadsRequest extends BucketPlace {
  readonly prefix?: string;
  readonly delimiter?: string;
  readonly keyMarker?: string;
  readonly uploadIdMarker?: string;
  readonly maximumUploads?: number;
}

export interface ListUploadsResult {
  readonly uploads: readonly ListedUpload[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  readonly nextKeyMarker?: string;
  readonly nextUploadIdMarker?: string;
}

interface ListedUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly initiatedAt: Date;
  readonly initiator: string;
  readonly checksum?: MultipartChecksum;
}
