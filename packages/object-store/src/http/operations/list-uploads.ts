import { S3Error } from '../../s3-error.ts';
import { quoted } from '../headers/object-answer.ts';
import { xmlAnswer } from '../s3-answer.ts';
import type { BucketOperation, ObjectOperation } from '../s3-call.ts';
import { writeXml, type XmlField } from '../xml/write-xml.ts';
import { checksumFields } from './copy-object.ts';
import { prefixFields } from './list-objects.ts';
import { listConditions, listRequest, readListParameters } from './list-parameters.ts';
import { placeFields, uploadPlace } from './multipart-upload.ts';
import { ownerFields } from './owner.ts';

export const listMultipartUploads: BucketOperation = (call, { bucket }) => {
  const list = readListParameters(call, 'max-uploads');
  const { encode } = list;
  const keyMarker = call.parameter('key-marker') ?? '';
  const uploadIdMarker = call.parameter('upload-id-marker') ?? '';
  return {
    permissions: [{ action: 'ListBucketMultipartUploads', bucket, context: listConditions(call) }],
    async run() {
      const result = await call.store.listUploads({
        ...{ bucket, caller: call.caller, ...listRequest(list), maximumUploads: list.maximum },
        ...(keyMarker === '' ? {} : { keyMarker }),
        ...(uploadIdMarker === '' || keyMarker === '' ? {} : { uploadIdMarker }),
      });
      const owner = ownerFields(call.service.accountId);
      const next = result.nextKeyMarker;
      const uploads = result.uploads.map(
        (upload): XmlField => [
          'Upload',
          [
            ['Key', encode(upload.key)],
            ['UploadId', upload.uploadId],
            ['Initiator', initiatorFields(upload.initiator)],
            ['Owner', owner],
            ['StorageClass', 'STANDARD'],
            ['Initiated', upload.initiatedAt],
            ['ChecksumAlgorithm', upload.checksum?.algorithm],
            ['ChecksumType', upload.checksum?.type],
          ],
        ],
      );
      return xmlAnswer(
        writeXml('ListMultipartUploadsResult', [
          ['Bucket', bucket],
          ['KeyMarker', encode(keyMarker)],
          ['UploadIdMarker', uploadIdMarker],
          ['NextKeyMarker', next === undefined ? undefined : encode(next)],
          ['NextUploadIdMarker', result.nextUploadIdMarker],
          ['Prefix', encode(list.prefix)],
          ['Delimiter', list.delimiter === undefined ? undefined : encode(list.delimiter)],
          ['MaxUploads', list.maximum],
          ['IsTruncated', result.isTruncated],
          ['EncodingType', list.encodingType],
          ...uploads,
          ...prefixFields(result.commonPrefixes, list),
        ]),
      );
    },
  };
};

export const listParts: ObjectOperation = (call, path) => {
  const { maximum } = readListParameters(call, 'max-parts');
  const marker = readMarker(call.parameter('part-number-marker'));
  return {
    permissions: [{ action: 'ListMultipartUploadParts', ...path }],
    async run() {
      const result = await call.store.listParts({
        ...{ ...uploadPlace(call, path), maximumParts: maximum },
        ...(marker === 0 ? {} : { partNumberMarker: marker }),
      });
      const parts = result.parts.map(
        (part): XmlField => [
          'Part',
          [
            ['PartNumber', part.partNumber],
            ['LastModified', part.lastModified],
            ['ETag', quoted(part.etag)],
            ['Size', part.sizeBytes],
            ...checksumFields(part.checksum).filter(([name]) => name !== 'ChecksumType'),
          ],
        ],
      );
      return xmlAnswer(
        writeXml('ListPartsResult', [
          ...placeFields(path),
          ['UploadId', call.parameter('uploadId')],
          ['Initiator', initiatorFields(result.initiator)],
          ['Owner', ownerFields(call.service.accountId)],
          ['StorageClass', 'STANDARD'],
          ['PartNumberMarker', marker],
          ['NextPartNumberMarker', result.nextPartNumberMarker],
          ['MaxParts', maximum],
          ['IsTruncated', result.isTruncated],
          ['ChecksumAlgorithm', result.checksum?.algorithm],
          ['ChecksumType', result.checksum?.type],
          ...parts,
        ]),
      );
    },
  };
};

function initiatorFields(initiator: string): XmlField[] {
  return [
    ['ID', initiator],
    ['DisplayName', initiator.split('/').at(-1) ?? initiator],
  ];
}

function readMarker(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new S3Error('InvalidArgument', 'part-number-marker must be a number');
}
