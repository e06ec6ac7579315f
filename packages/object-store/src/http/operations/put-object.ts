import { S3Error } from '../../s3-error.ts';
import { checksumAnswer } from '../headers/checksum-headers.ts';
import { readWriteConditions } from '../headers/condition-headers.ts';
import { encryptionAnswer } from '../headers/encryption-headers.ts';
import { quoted, versionAnswer } from '../headers/object-answer.ts';
import { incomingContent } from '../incoming-content.ts';
import type { ObjectOperation } from '../s3-call.ts';
import { readWrite, writePermissions } from './write-request.ts';

export const putObject: ObjectOperation = async (call, path) => {
  if (call.parameter('partNumber') !== undefined) {
    throw new S3Error(
      'InvalidArgument',
      'This operation does not accept partNumber without uploadId',
    );
  }
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
