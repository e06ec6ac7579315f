import { S3Error } from '../../s3-error.ts';
import type { ReadObjectRequest } from '../../store/object-requests.ts';
import { readReadConditions } from '../headers/condition-headers.ts';
import { refuseEncryptionHeaders } from '../headers/encryption-headers.ts';
import { objectAnswer } from '../headers/object-answer.ts';
import { readRange } from '../headers/range-header.ts';
import type { ObjectOperation, ObjectPath, S3Call } from '../s3-call.ts';
import { hidingMissing } from './hiding-missing.ts';
import { existingTags, versionAction, versionContext, versionOf } from './object-version.ts';

export const getObject: ObjectOperation = async (call, path) => ({
  permissions: [await readPermission(call, path)],
  run: () =>
    hidingMissing(call, path, async () => {
      const found = await call.store.getObject(readRequest(call, path));
      return {
        status: found.served.isPartial ? 206 : 200,
        headers: objectAnswer(found, call),
        stream: found.stream,
      };
    }),
});

export const headObject: ObjectOperation = async (call, path) => ({
  permissions: [await readPermission(call, path)],
  run: () =>
    hidingMissing(call, path, async () => {
      const found = await call.store.headObject(readRequest(call, path));
      return {
        status: found.served.isPartial ? 206 : 200,
        headers: objectAnswer(found, call),
      };
    }),
});

async function readPermission(call: S3Call, path: ObjectPath) {
  return {
    action: versionAction(call, 'GetObject'),
    ...path,
    context: {
      ...versionContext(call),
      ...(await existingTags(call, { ...path, ...versionOf(call) })),
    },
  };
}

function readRequest(call: S3Call, path: ObjectPath): ReadObjectRequest {
  refuseEncryptionHeaders(call);
  const range = readRange(call.header('range'));
  const partNumber = readPartNumber(call.parameter('partNumber'));
  if (range.range !== undefined && partNumber !== undefined) {
    throw new S3Error(
      'InvalidRequest',
      'Cannot specify both Range header and partNumber query parameter',
    );
  }
  return {
    ...{ ...path, caller: call.caller, ...versionOf(call), ...range },
    ...(partNumber === undefined ? {} : { partNumber }),
    ...readReadConditions(call),
  };
}

/** @throws {S3Error} `InvalidArgument` */
export function readPartNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const partNumber = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (partNumber >= 1 && partNumber <= 10_000) return partNumber;
  throw new S3Error(
    'InvalidArgument',
    'Part number must be an integer between 1 and 10000, inclusive',
    { details: { ArgumentName: 'partNumber', ArgumentValue: text } },
  );
}
