import type { S3Client } from '@aws-sdk/client-s3';
import type { EncryptionFields } from './objects/encryption-fields.ts';

/** What every operation works with. */
export interface S3Access {
  readonly client: S3Client;
  /** Goes into every request that writes. */
  readonly encryption: EncryptionFields;
  readonly partSizeBytes: number;
  /** Objects larger than this are copied in parts. */
  readonly copyInPartsAboveBytes: number;
  /** Requests with content at once, in one operation. */
  readonly concurrency: number;
  readonly checkpointFolder: string | undefined;
}

/** What every operation takes. */
export interface OperationOptions {
  /** Ends the operation, which then rejects with `Aborted`. */
  readonly signal?: AbortSignal | undefined;
}
