import { S3Error } from '../../s3-error.ts';
import type { IncomingContent, ObjectAttributes } from '../../store/object-requests.ts';
import { present } from '../common-conditions.ts';
import { checksumAnswer, readContentChecksum } from '../headers/checksum-headers.ts';
import { readWriteConditions } from '../headers/condition-headers.ts';
import {
  type EncryptionHeaders,
  encryptionAnswer,
  encryptionConditions,
  readEncryptionHeaders,
  toRequestedEncryption,
} from '../headers/encryption-headers.ts';
import { quoted, versionAnswer } from '../headers/object-answer.ts';
import {
  fromHeader,
  readRetention,
  readSystemHeaders,
  readUserMetadata,
  refuseUnsupportedHeaders,
} from '../headers/object-headers.ts';
import { readTaggingHeader, requestTagConditions } from '../headers/tags.ts';
import type { Permission } from '../permission.ts';
import type { ObjectOperation, ObjectPath, S3Call } from '../s3-call.ts';
import type { ConditionValues } from '../s3-service-options.ts';
import { readContentMd5 } from '../xml-body.ts';

export const putObject: ObjectOperation = async (call, path) => {
  const write = await readWrite(call);
  const conditions = readWriteConditions(call);
  return {
    permissions: writePermissions(path, write),
    async run() {
      const attributes = write.attributes();
      const content = incomingContent(call);
      const { store, caller } = call;
      const result = await store.putObject({
        ...path,
        ...{ caller, content, ...attributes, ...conditions },
      });
      return {
        status: 200,
        headers: {
          etag: quoted(result.etag),
          ...versionAnswer(result.versionId),
          ...encryptionAnswer(result.encryption),
          ...checksumAnswer(result.checksum),
        },
      };
    },
  };
};

/** What puts, copies and beginning uploads have in common. */
export interface ReadWrite {
  readonly encryption: EncryptionHeaders;
  /** For the store. @throws {S3Error} where something of it is not implemented */
  readonly attributes: () => ObjectAttributes;
  readonly conditions: ConditionValues;
  readonly needsTagging: boolean;
  readonly needsRetention: boolean;
}

export async function readWrite(call: S3Call): Promise<ReadWrite> {
  const encryption = readEncryptionHeaders(call);
  const retention = readRetention(call);
  const tagging = readTaggingHeader(call.header('x-amz-tagging'));
  const redirect = call.header('x-amz-website-redirect-location');
  return {
    encryption,
    needsTagging: tagging.tags !== undefined,
    needsRetention: retention.retention !== undefined,
    conditions: present({
      ...(await encryptionConditions(encryption, call)),
      ...requestTagConditions(tagging.tags),
      ...headerConditions(call),
      's3:object-lock-mode': retention.retention?.mode,
      's3:object-lock-retain-until-date': retention.retention?.retainUntil.toISOString(),
    }),
    attributes() {
      refuseUnsupportedHeaders(call);
      return {
        ...readSystemHeaders(call),
        ...readUserMetadata(call),
        ...tagging,
        ...retention,
        ...toRequestedEncryption(encryption),
        ...(redirect === undefined ? {} : { websiteRedirectLocation: fromHeader(redirect) }),
      };
    },
  };
}

export function writePermissions(path: ObjectPath, write: ReadWrite): readonly Permission[] {
  const permission = { ...path, context: write.conditions };
  return [
    { action: 'PutObject', ...permission },
    ...(write.needsTagging ? [{ action: 'PutObjectTagging', ...permission }] : []),
    ...(write.needsRetention ? [{ action: 'PutObjectRetention', ...permission }] : []),
  ];
}

const conditionHeaders = [
  'x-amz-acl',
  'x-amz-storage-class',
  'x-amz-website-redirect-location',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write',
  'x-amz-grant-write-acp',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'if-match',
  'if-none-match',
];

export function headerConditions({ header }: S3Call): ConditionValues {
  return Object.fromEntries(conditionHeaders.map((name) => [`s3:${name}`, header(name)]));
}

const maximumBytes = 5 * 1024 ** 3;

/** @throws {S3Error} `MissingContentLength`, `EntityTooLarge`, `InvalidDigest`, `InvalidRequest` */
export function incomingContent(call: S3Call): IncomingContent {
  const decoded = call.header('x-amz-decoded-content-length');
  const isFramed = (call.header('x-amz-content-sha256') ?? '').startsWith('STREAMING-');
  const length = isFramed ? decoded : call.header('content-length');
  if (length === undefined || !/^\d{1,15}$/.test(length)) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  const sizeBytes = Number(length);
  if (sizeBytes > maximumBytes) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      details: { ProposedSize: length, MaxSizeAllowed: String(maximumBytes) },
    });
  }
  const contentMd5 = readContentMd5(call);
  const { body, trailers } = call.body();
  return {
    ...{ body, sizeBytes, ...readContentChecksum(call, trailers) },
    ...(contentMd5 === undefined ? {} : { contentMd5 }),
  };
}
