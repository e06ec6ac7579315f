import { S3Error } from '../../s3-error.ts';
import type { ObjectInfo } from '../../store/object-info.ts';
import { versionAnswer } from '../headers/object-answer.ts';
import { xmlAnswer } from '../s3-answer.ts';
import type { ObjectOperation, S3Call } from '../s3-call.ts';
import { writeXml, type XmlField } from '../xml/write-xml.ts';
import { checksumElement, checksumFields } from './copy-object.ts';
import { hidingMissing } from './hiding-missing.ts';
import { existingTags, versionAction, versionContext, versionOf } from './object-version.ts';

const known = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

export const getObjectAttributes: ObjectOperation = async (call, path) => {
  const context = {
    ...versionContext(call),
    ...(await existingTags(call, { ...path, ...versionOf(call) })),
  };
  return {
    permissions: ['GetObject', 'GetObjectAttributes'].map((action) => ({
      ...{ action: versionAction(call, action), ...path, context },
    })),
    run: () =>
      hidingMissing(call, path, async () => {
        const wanted = readWanted(call);
        const place = { ...path, caller: call.caller, ...versionOf(call) };
        const { info } = await call.store.headObject(place);
        const fields = attributeFields(info, call).filter(([name]) => wanted.includes(name));
        return xmlAnswer(writeXml('GetObjectAttributesResponse', fields), {
          'last-modified': info.lastModified.toUTCString(),
          ...versionAnswer(info.versionId),
        });
      }),
  };
};

function readWanted({ header }: S3Call): readonly string[] {
  const text = header('x-amz-object-attributes') ?? '';
  const wanted = text.split(',').map((name) => name.trim());
  if (text !== '' && wanted.every((name) => known.includes(name))) return wanted;
  throw new S3Error('InvalidArgument', 'Invalid attribute name specified.', {
    details: { ArgumentName: 'x-amz-object-attributes', ArgumentValue: text },
  });
}

function attributeFields(info: ObjectInfo, call: S3Call): XmlField[] {
  const { checksum, parts } = info;
  return [
    // Without quotes, here alone.
    ['ETag', info.etag],
    ['Checksum', checksum === undefined ? undefined : checksumFields(checksum)],
    ['ObjectParts', parts === undefined ? undefined : partFields(info, call)],
    ['StorageClass', 'STANDARD'],
    ['ObjectSize', info.sizeBytes],
  ];
}

/** Parts are told one by one only where they have checksums, as in S3. */
function partFields({ parts = [], checksum }: ObjectInfo, { header }: S3Call): XmlField[] {
  const marker = Number(header('x-amz-part-number-marker') ?? 0);
  const maximum = Math.min(Number(header('x-amz-max-parts') ?? 1000), 1000);
  const after = parts.filter(({ partNumber }) => partNumber > marker);
  const shown = after.slice(0, maximum);
  const total: XmlField = ['PartsCount', parts.length];
  if (checksum === undefined || parts.every((part) => part.checksum === undefined)) return [total];
  return [
    total,
    ['PartNumberMarker', marker],
    ['NextPartNumberMarker', shown.at(-1)?.partNumber ?? 0],
    ['MaxParts', maximum],
    ['IsTruncated', shown.length < after.length],
    ...shown.map(
      (part): XmlField => [
        'Part',
        [
          ['PartNumber', part.partNumber],
          ['Size', part.sizeBytes],
          [checksumElement(checksum.algorithm), part.checksum],
        ],
      ],
    ),
  ];
}
