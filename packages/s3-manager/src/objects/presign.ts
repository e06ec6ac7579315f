import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { explainError } from '../errors/explain-error.ts';
import { requireNames, requireWholeNumber } from '../errors/refuse-argument.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { S3Access } from '../s3-access.ts';
import type { ObjectPlace } from './copy-object.ts';

export interface PresignOptions {
  /** How long the URL works, from 1 second to 7 days (604,800). Default 900. */
  readonly expiresInSeconds?: number | undefined;
}

export interface PresignGetOptions extends PresignOptions {
  readonly versionId?: string | undefined;
  /** A browser saves it under this name. */
  readonly fileName?: string | undefined;
}

export interface PresignPutOptions extends PresignOptions {
  readonly contentType?: string | undefined;
}

/** Whoever has it may do this one thing until it expires: treat it as a password. */
export interface PresignedRequest {
  readonly method: 'GET' | 'PUT';
  readonly url: string;
  /** To be sent along unchanged: the signature covers them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}

const sevenDaysSeconds = 604_800;

export async function presignGet(
  { client }: S3Access,
  place: ObjectPlace,
  { expiresInSeconds = 900, versionId, fileName }: PresignGetOptions,
): Promise<PresignedRequest> {
  const command = new GetObjectCommand({
    Bucket: place.bucket,
    Key: place.key,
    VersionId: versionId,
    // RFC 6266 with RFC 5987's encoding, which carries any name and no quotation mark.
    ResponseContentDisposition:
      fileName === undefined
        ? undefined
        : `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, escapeCharacter)}`,
  });
  return presign({ method: 'GET', place, expiresInSeconds, headers: {} }, (expiresIn) =>
    getSignedUrl(client, command, { expiresIn }),
  );
}

/** The upload is sealed with the same key as every other write: its headers are part of the request. */
export async function presignPut(
  { client, encryption }: S3Access,
  place: ObjectPlace,
  { expiresInSeconds = 900, contentType }: PresignPutOptions,
): Promise<PresignedRequest> {
  const { SSEKMSKeyId: key, BucketKeyEnabled: bucketKey } = encryption;
  const headers = {
    'x-amz-server-side-encryption': encryption.ServerSideEncryption,
    ...(key === undefined ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': key }),
    ...(bucketKey === undefined
      ? {}
      : { 'x-amz-server-side-encryption-bucket-key-enabled': String(bucketKey) }),
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
  };
  const command = new PutObjectCommand({
    Bucket: place.bucket,
    Key: place.key,
    ContentType: contentType,
    ...encryption,
  });
  return presign({ method: 'PUT', place, expiresInSeconds, headers }, (expiresIn) =>
    getSignedUrl(client, command, {
      expiresIn,
      signableHeaders: new Set(['content-type', 'host']),
    }),
  );
}

async function presign(
  request: {
    readonly method: 'GET' | 'PUT';
    readonly place: ObjectPlace;
    readonly expiresInSeconds: number;
    readonly headers: Readonly<Record<string, string>>;
  },
  sign: (expiresInSeconds: number) => Promise<string>,
): Promise<PresignedRequest> {
  const { method, place, expiresInSeconds, headers } = request;
  const action = `presign ${s3Address(place.bucket, place.key)}`;
  requireNames(action, { bucket: place.bucket, key: place.key });
  requireWholeNumber('expiresInSeconds', expiresInSeconds, { least: 1, most: sevenDaysSeconds });
  try {
    // Before the signature, so that it is never later than what the service will hold.
    const expiresAt = new Date(Date.now() + expiresInSeconds * 1_000);
    return { method, url: await sign(expiresInSeconds), headers, expiresAt };
  } catch (error) {
    throw explainError(error, action);
  }
}

function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
