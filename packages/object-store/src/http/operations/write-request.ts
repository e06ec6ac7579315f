import type { ObjectAttributes } from '../../store/object-requests.ts';
import { present } from '../common-conditions.ts';
import {
  type EncryptionHeaders,
  encryptionConditions,
  readEncryptionHeaders,
  toRequestedEncryption,
} from '../headers/encryption-headers.ts';
import {
  fromHeader,
  readRetention,
  readSystemHeaders,
  readUserMetadata,
  refuseUnsupportedHeaders,
} from '../headers/object-headers.ts';
import { readTaggingHeader, requestTagConditions } from '../headers/tags.ts';
import type { Permission } from '../permission.ts';
import type { ObjectPath, S3Call } from '../s3-call.ts';
import type { ConditionValues } from '../s3-service-options.ts';

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

function headerConditions({ header }: S3Call): ConditionValues {
  return Object.fromEntries(conditionHeaders.map((name) => [`s3:${name}`, header(name)]));
}
