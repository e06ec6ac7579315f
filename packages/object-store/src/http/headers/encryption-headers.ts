import { z } from 'zod';
import { S3Error } from '../../s3-error.ts';
import type { ObjectEncryption } from '../../store/object-info.ts';
import type { RequestedEncryption } from '../../store/object-requests.ts';
import type { RequestFields } from '../request-fields.ts';
import type { S3Call } from '../s3-call.ts';
import type { ConditionValues } from '../s3-service-options.ts';

const prefix = 'x-amz-server-side-encryption';

/** What a write says about encryption, as it was sent. */
export interface EncryptionHeaders {
  readonly algorithm: string | undefined;
  readonly keyReference: string | undefined;
  readonly bucketKeyEnabled: boolean | undefined;
  readonly context: Readonly<Record<string, string>> | undefined;
  readonly hasCustomerKey: boolean;
}

/** @throws {S3Error} `InvalidArgument` where headers contradict each other */
export function readEncryptionHeaders({ header, headerNames }: RequestFields): EncryptionHeaders {
  const algorithm = header(prefix);
  const keyReference = header(`${prefix}-aws-kms-key-id`);
  const context = header(`${prefix}-context`);
  const hasCustomerKey = headerNames.some((name) => name.startsWith(`${prefix}-customer-`));
  if (hasCustomerKey && (algorithm !== undefined || keyReference !== undefined)) {
    throw invalid(
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
      algorithm ?? '',
    );
  }
  const needsKms = keyReference !== undefined || context !== undefined;
  if (needsKms && (algorithm === undefined || !algorithm.startsWith('aws:kms'))) {
    throw invalid(
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
      algorithm ?? '',
    );
  }
  return {
    ...{ algorithm, keyReference, hasCustomerKey },
    bucketKeyEnabled: readBoolean(header(`${prefix}-bucket-key-enabled`)),
    context: context === undefined ? undefined : readContext(context),
  };
}

/**
 * For the store. Called once the request is allowed, so that a bucket policy which demands the
 * firm's key answers first, with `AccessDenied`.
 *
 * @throws {S3Error} `InvalidEncryptionAlgorithmError`, `NotImplemented`
 */
export function toRequestedEncryption(headers: EncryptionHeaders): {
  encryption?: RequestedEncryption;
} {
  const { algorithm, keyReference, bucketKeyEnabled, context, hasCustomerKey } = headers;
  if (hasCustomerKey) {
    throw new S3Error('NotImplemented', 'Customer-provided encryption keys are not implemented', {
      details: { Header: `${prefix}-customer-algorithm` },
    });
  }
  if (algorithm !== undefined && algorithm !== 'aws:kms') {
    throw new S3Error(
      'InvalidEncryptionAlgorithmError',
      'The encryption request you specified is not valid. Supported value: aws:kms.',
      { details: { ArgumentName: prefix, ArgumentValue: algorithm } },
    );
  }
  if ([keyReference, bucketKeyEnabled, context].every((each) => each === undefined)) return {};
  return {
    encryption: {
      ...(keyReference === undefined ? {} : { keyReference }),
      ...(bucketKeyEnabled === undefined ? {} : { bucketKeyEnabled }),
      ...(context === undefined ? {} : { context }),
    },
  };
}

/**
 * The condition keys: there only if the request has the header, for a bucket's default does not
 * fill them in. A key's id or alias becomes its ARN, as S3 does it.
 */
export async function encryptionConditions(
  headers: EncryptionHeaders,
  { service }: Pick<S3Call, 'service'>,
): Promise<ConditionValues> {
  const { algorithm, keyReference, hasCustomerKey } = headers;
  const customerKey = hasCustomerKey
    ? { 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' }
    : {};
  const keyArn =
    keyReference === undefined
      ? undefined
      : ((await service.resolveKeyArn(keyReference)) ?? keyReference);
  return { ...customerKey, ...conditionsOf(algorithm, keyArn) };
}

/** Of an upload that was begun: its parts carry no such headers and are decided by its own. */
export function encryptionConditionsOf(encryption: ObjectEncryption | undefined): ConditionValues {
  return conditionsOf(encryption?.algorithm, encryption?.keyArn);
}

function conditionsOf(algorithm: string | undefined, keyArn: string | undefined): ConditionValues {
  return {
    ...(algorithm === undefined ? {} : { 's3:x-amz-server-side-encryption': algorithm }),
    ...(keyArn === undefined ? {} : { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn }),
  };
}

export function encryptionAnswer(encryption: ObjectEncryption): Record<string, string> {
  return {
    [prefix]: encryption.algorithm,
    [`${prefix}-aws-kms-key-id`]: encryption.keyArn,
    ...(encryption.bucketKeyEnabled ? { [`${prefix}-bucket-key-enabled`]: 'true' } : {}),
  };
}

/** @throws {S3Error} a read has no say in how an object was encrypted */
export function refuseEncryptionHeaders({ header, headerNames }: RequestFields): void {
  const algorithm = header(prefix);
  if (algorithm !== undefined) {
    throw invalid(`${prefix} header is not supported for this operation.`, algorithm);
  }
  if (headerNames.some((name) => name.startsWith(`${prefix}-customer-`))) {
    throw new S3Error(
      'InvalidRequest',
      'The encryption parameters are not applicable to this object.',
    );
  }
}

function readBoolean(text: string | undefined): boolean | undefined {
  const value = text?.toLowerCase();
  if (value === undefined) return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  throw invalid('bucket-key-enabled must be true or false', value);
}

const contextSchema = z.record(z.string(), z.string());

function readContext(text: string): Readonly<Record<string, string>> {
  try {
    return contextSchema.parse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
  } catch (cause) {
    throw new S3Error(
      'InvalidArgument',
      'The encryption context must be a JSON object of strings in base64',
      { cause },
    );
  }
}

function invalid(message: string, value: string): S3Error {
  return new S3Error('InvalidArgument', message, {
    details: { ArgumentName: prefix, ArgumentValue: value },
  });
}
