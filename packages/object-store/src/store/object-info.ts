export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';

/** Of the whole content, or of the parts' checksums (`<base64>-<number of parts>`). */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  /** Base64, and `-<number of parts>` behind it where it is composite. */
  readonly value: string;
}

/** Headers that a client sets at the write and gets back at the read, as it wrote them. */
export interface SystemHeaders {
  readonly contentType?: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  readonly contentLanguage?: string;
  readonly expires?: string;
}

export interface ObjectEncryption {
  readonly algorithm: 'aws:kms';
  readonly keyArn: string;
  readonly bucketKeyEnabled: boolean;
}

export interface Retention {
  readonly mode: 'COMPLIANCE';
  readonly retainUntil: Date;
}

/** What is told of one version of an object; nothing of it needs the key. */
export interface ObjectInfo {
  readonly bucket: string;
  readonly key: string;
  /** Absent where the bucket has never had versions; `'null'` for what was written without them. */
  readonly versionId?: string;
  readonly isLatest: boolean;
  readonly sizeBytes: number;
  /** Without quotes: 32 hexadecimal digits, `-<number of parts>` behind them after a multipart upload. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly headers: SystemHeaders;
  /** Names in lower case, without `x-amz-meta-`. */
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly encryption: ObjectEncryption;
  readonly checksum?: Checksum;
  readonly tagCount: number;
  /** Absent where the object was written by one put. */
  readonly parts?: readonly PartSummary[];
  readonly retention?: Retention;
  readonly websiteRedirectLocation?: string;
}

interface PartSummary {
  readonly partNumber: number;
  readonly sizeBytes: number;
  /** In the algorithm of the object's checksum. */
  readonly checksum?: string;
}

/** A version in a listing: an object's, or a delete marker. */
export interface ListedVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly isDeleteMarker: boolean;
  readonly lastModified: Date;
  readonly etag: string;
  readonly sizeBytes: number;
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly checksumType?: ChecksumType;
}

export interface ListedObject {
  readonly key: string;
  readonly lastModified: Date;
  readonly etag: string;
  readonly sizeBytes: number;
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly checksumType?: ChecksumType;
}
