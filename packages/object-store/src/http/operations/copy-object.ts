import { S3Error } from '../../s3-error.ts';
import type { Checksum } from '../../store/object-info.ts';
import type { CopySource } from '../../store/object-requests.ts';
import { type checksumAlgorithms, readAlgorithm } from '../headers/checksum-headers.ts';
import { readWriteConditions } from '../headers/condition-headers.ts';
import { encryptionAnswer } from '../headers/encryption-headers.ts';
import { quoted, versionAnswer } from '../headers/object-answer.ts';
import type { Permission } from '../permission.ts';
import { xmlAnswer } from '../s3-answer.ts';
import type { ObjectOperation, ObjectPath, S3Call } from '../s3-call.ts';
import { writeXml, type XmlField } from '../xml/write-xml.ts';
import { readCopySource, sourcePermission } from './copy-source.ts';
import { hidingMissing } from './hiding-missing.ts';
import { type ReadWrite, readWrite, writePermissions } from './write-request.ts';

type Directive = 'COPY' | 'REPLACE';

export const copyObject: ObjectOperation = async (call, path) => {
  const source = readCopySource(call);
  const metadataDirective = readDirective(call, 'x-amz-metadata-directive');
  const taggingDirective = readDirective(call, 'x-amz-tagging-directive');
  const checksumAlgorithm = readAlgorithm(call.header('x-amz-checksum-algorithm'));
  const write = await readWrite(call);
  if (metadataDirective === 'COPY' && write.encryption.algorithm === undefined) {
    refuseCopyToItself(call, path, source);
  }
  const copiesTags = taggingDirective === 'COPY' && (await hasTags(call, source));
  return {
    permissions: [
      await sourcePermission(call, source),
      ...(copiesTags ? tagPermissions(source, path, write) : []),
      ...writePermissions(path, write),
    ],
    run: () =>
      hidingMissing(call, source, async () => {
        const result = await call.store.copyObject({
          ...{ ...path, caller: call.caller, source, metadataDirective, taggingDirective },
          ...write.attributes(),
          ...readWriteConditions(call),
          ...(checksumAlgorithm === undefined ? {} : { checksumAlgorithm }),
        });
        const { etag, lastModified, checksum } = result;
        return xmlAnswer(
          writeXml('CopyObjectResult', copyFields({ etag, lastModified, checksum })),
          {
            ...copySourceVersion(result.sourceVersionId),
            ...versionAnswer(result.versionId),
            ...encryptionAnswer(result.encryption),
          },
        );
      }),
  };
};

export function copyFields(result: {
  readonly etag: string;
  readonly lastModified: Date;
  readonly checksum: Checksum | undefined;
}): XmlField[] {
  return [
    ['LastModified', result.lastModified],
    ['ETag', quoted(result.etag)],
    ...checksumFields(result.checksum),
  ];
}

/** `ChecksumCRC32` and its like. */
export function checksumFields(checksum: Checksum | undefined): XmlField[] {
  if (checksum === undefined) return [];
  return [
    [checksumElement(checksum.algorithm), checksum.value],
    ['ChecksumType', checksum.type],
  ];
}

export function checksumElement(algorithm: (typeof checksumAlgorithms)[number]): string {
  return `Checksum${algorithm}`;
}

export function copySourceVersion(versionId: string | undefined): Record<string, string> {
  return versionId === undefined ? {} : { 'x-amz-copy-source-version-id': versionId };
}

function readDirective({ header }: S3Call, name: string): Directive {
  const text = header(name) ?? 'COPY';
  if (text === 'COPY' || text === 'REPLACE') return text;
  throw new S3Error('InvalidArgument', `Unknown ${name.slice('x-amz-'.length)}.`, {
    details: { ArgumentName: name, ArgumentValue: text },
  });
}

function refuseCopyToItself({ header }: S3Call, path: ObjectPath, source: CopySource): void {
  const isItself = source.bucket === path.bucket && source.key === path.key;
  if (!isItself || source.versionId !== undefined) return;
  if (header('x-amz-website-redirect-location') !== undefined) return;
  throw new S3Error(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}

async function hasTags({ store, caller }: S3Call, source: CopySource): Promise<boolean> {
  const { bucket, key, versionId } = source;
  const version = versionId === undefined ? {} : { versionId };
  try {
    const { tags } = await store.getTags({ bucket, key, caller, ...version });
    return Object.keys(tags).length > 0;
  } catch (error) {
    if (error instanceof S3Error && error.status < 500) return false;
    throw error;
  }
}

/** S3 API Reference, "CopyObject": tags that go along are read there and written here. */
function tagPermissions(source: CopySource, path: ObjectPath, write: ReadWrite): Permission[] {
  const { bucket, key, versionId } = source;
  const action = versionId === undefined ? 'GetObjectTagging' : 'GetObjectVersionTagging';
  return [
    { action, bucket, key },
    { action: 'PutObjectTagging', ...path, context: write.conditions },
  ];
}
