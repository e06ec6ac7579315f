import { S3Error } from '../../s3-error.ts';
import type { UploadPlace } from '../../store/multipart-requests.ts';
import { checksumAnswer, readMultipartChecksum } from '../headers/checksum-headers.ts';
import { encryptionAnswer, encryptionConditionsOf } from '../headers/encryption-headers.ts';
import { quoted } from '../headers/object-answer.ts';
import { incomingContent } from '../incoming-content.ts';
import type { Permission } from '../permission.ts';
import { noContent, xmlAnswer } from '../s3-answer.ts';
import type { ObjectOperation, ObjectPath, S3Call } from '../s3-call.ts';
import { writeXml } from '../xml/write-xml.ts';
import { copyFields, copySourceVersion } from './copy-object.ts';
import { readCopySource, sourcePermission } from './copy-source.ts';
import { readPartNumber } from './get-object.ts';
import { hidingMissing } from './hiding-missing.ts';
import { readWrite, writePermissions } from './write-request.ts';

export const createMultipartUpload: ObjectOperation = async (call, path) => {
  const write = await readWrite(call);
  return {
    permissions: writePermissions(path, write),
    async run() {
      const result = await call.store.createUpload({
        ...{ ...path, caller: call.caller, ...write.attributes() },
        ...readMultipartChecksum(call),
      });
      const { checksum, uploadId, encryption } = result;
      call.uploadEncryptions.remember({ ...path, uploadId }, encryption);
      const text = writeXml('InitiateMultipartUploadResult', [
        ...placeFields(path),
        ['UploadId', uploadId],
      ]);
      return xmlAnswer(text, {
        ...encryptionAnswer(encryption),
        ...(checksum === undefined
          ? {}
          : {
              'x-amz-checksum-algorithm': checksum.algorithm,
              'x-amz-checksum-type': checksum.type,
            }),
      });
    },
  };
};

export const uploadPart: ObjectOperation = async (call, path) => {
  const partNumber = neededPartNumber(call);
  return {
    permissions: [await partPermission(call, path)],
    async run() {
      const result = await call.store.uploadPart({
        ...{ ...uploadPlace(call, path), partNumber, content: incomingContent(call) },
      });
      const { 'x-amz-checksum-type': _, ...checksum } = checksumAnswer(result.checksum);
      const headers = { etag: quoted(result.etag), ...checksum };
      return { status: 200, headers: { ...headers, ...encryptionAnswer(result.encryption) } };
    },
  };
};

export const uploadPartCopy: ObjectOperation = async (call, path) => {
  const source = readCopySource(call);
  const partNumber = neededPartNumber(call);
  const range = readSourceRange(call.header('x-amz-copy-source-range'));
  return {
    permissions: [await sourcePermission(call, source), await partPermission(call, path)],
    run: () =>
      hidingMissing(call, source, async () => {
        const place = uploadPlace(call, path);
        const result = await call.store.copyPart({ ...place, partNumber, source, ...range });
        const { etag, lastModified, checksum, sourceVersionId, encryption } = result;
        const fields = copyFields({ etag, lastModified, checksum });
        const withoutType = fields.filter(([name]) => name !== 'ChecksumType');
        return xmlAnswer(writeXml('CopyPartResult', withoutType), {
          ...copySourceVersion(sourceVersionId),
          ...encryptionAnswer(encryption),
        });
      }),
  };
};

export const abortMultipartUpload: ObjectOperation = (call, path) => ({
  permissions: [{ action: 'AbortMultipartUpload', ...path }],
  async run() {
    const place = uploadPlace(call, path);
    await call.store.abortUpload(place);
    call.uploadEncryptions.forget(place);
    return noContent;
  },
});

/**
 * Parts and completions carry no headers of encryption. As on AWS they are decided by those of their
 * upload, or no bucket policy could both demand a key and allow a large object.
 */
export async function partPermission(call: S3Call, path: ObjectPath): Promise<Permission> {
  return { action: 'PutObject', ...path, context: await uploadConditions(call, path) };
}

async function uploadConditions(call: S3Call, path: ObjectPath) {
  try {
    const place = uploadPlace(call, path);
    const known = call.uploadEncryptions.find(place);
    if (known !== undefined) return encryptionConditionsOf(known);
    const upload = await call.store.listParts({ ...place, maximumParts: 1 });
    return encryptionConditionsOf(upload.encryption);
  } catch (error) {
    // That there is no such upload is told only to who may write there.
    if (error instanceof S3Error && error.status < 500) return {};
    throw error;
  }
}

export function uploadPlace(call: S3Call, path: ObjectPath): UploadPlace {
  return { ...path, caller: call.caller, uploadId: call.parameter('uploadId') ?? '' };
}

export function placeFields({ bucket, key }: ObjectPath) {
  return [['Bucket', bucket] as const, ['Key', key] as const];
}

function neededPartNumber({ parameter }: S3Call): number {
  return readPartNumber(parameter('partNumber') ?? '') ?? 0;
}

function readSourceRange(text: string | undefined) {
  if (text === undefined) return {};
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  if (first !== undefined && last !== undefined && Number(first) <= Number(last)) {
    return { range: { first: Number(first), last: Number(last) } };
  }
  throw new S3Error(
    'InvalidArgument',
    'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
  );
}
