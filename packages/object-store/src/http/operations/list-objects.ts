import type { ListObjectsResult } from '../../store/list-requests.ts';
import type { ListedObject } from '../../store/object-info.ts';
import { quoted } from '../headers/object-answer.ts';
import { xmlAnswer } from '../s3-answer.ts';
import type { BucketOperation, S3Call } from '../s3-call.ts';
import {
  escapeText,
  WrittenXml,
  writeXml,
  writeXmlFields,
  type XmlField,
} from '../xml/write-xml.ts';
import {
  type ListParameters,
  listConditions,
  listRequest,
  readListParameters,
} from './list-parameters.ts';
import { ownerFields } from './owner.ts';

/** ListObjects, version 1. */
export const listObjects: BucketOperation = (call, { bucket }) => {
  const list = readListParameters(call);
  const marker = call.parameter('marker') ?? '';
  return {
    permissions: [{ action: 'ListBucket', bucket, context: listConditions(call) }],
    async run() {
      const result = await readPage(call, bucket, list, {
        ...(marker === '' ? {} : { startAfter: marker }),
      });
      const { isTruncated, nextMarker } = result;
      // S3 names the next marker only where there is a delimiter; otherwise it is the last key.
      const hasNextMarker = isTruncated && list.delimiter !== undefined && nextMarker !== undefined;
      return xmlAnswer(
        writeXml('ListBucketResult', [
          ['Name', bucket],
          ['Prefix', list.encode(list.prefix)],
          ['Marker', list.encode(marker)],
          ['NextMarker', hasNextMarker ? list.encode(nextMarker) : undefined],
          ...commonFields(list, isTruncated),
          ...pageFields(result, list, ownerFields(call.service.accountId)),
        ]),
      );
    },
  };
};

/** ListObjectsV2. */
export const listObjectsV2: BucketOperation = (call, { bucket }) => {
  const list = readListParameters(call);
  const startAfter = call.parameter('start-after');
  const token = call.parameter('continuation-token');
  const isOwnerWanted = call.parameter('fetch-owner')?.toLowerCase() === 'true';
  return {
    permissions: [{ action: 'ListBucket', bucket, context: listConditions(call) }],
    async run() {
      const result = await readPage(call, bucket, list, {
        ...(startAfter ? { startAfter } : {}),
        ...(token === undefined ? {} : { continuationToken: token }),
      });
      const owner = isOwnerWanted ? ownerFields(call.service.accountId) : undefined;
      return xmlAnswer(
        writeXml('ListBucketResult', [
          ['Name', bucket],
          ['Prefix', list.encode(list.prefix)],
          ['StartAfter', startAfter === undefined ? undefined : list.encode(startAfter)],
          ['ContinuationToken', token],
          ['NextContinuationToken', result.nextContinuationToken],
          ['KeyCount', result.objects.length + result.commonPrefixes.length],
          ...commonFields(list, result.isTruncated),
          ...pageFields(result, list, owner),
        ]),
      );
    },
  };
};

async function readPage(
  { store, caller }: S3Call,
  bucket: string,
  list: ListParameters,
  start: { readonly startAfter?: string; readonly continuationToken?: string },
): Promise<ListObjectsResult> {
  if (list.maximum === 0) return { objects: [], commonPrefixes: [], isTruncated: false };
  const request = { bucket, caller, ...listRequest(list), ...start };
  return store.listObjects({ ...request, maximumKeys: list.maximum });
}

function commonFields(list: ListParameters, isTruncated: boolean): XmlField[] {
  return [
    ['MaxKeys', list.maximum],
    ['Delimiter', list.delimiter === undefined ? undefined : list.encode(list.delimiter)],
    ['IsTruncated', isTruncated],
    ['EncodingType', list.encodingType],
  ];
}

function pageFields(
  { objects, commonPrefixes }: ListObjectsResult,
  list: ListParameters,
  owner: XmlField[] | undefined,
): XmlField[] {
  const ownerText = owner === undefined ? '' : writeXmlFields([['Owner', owner]]);
  return [
    ...objects.map(
      (object): XmlField => ['Contents', new WrittenXml(objectText(object, list, ownerText))],
    ),
    ...prefixFields(commonPrefixes, list),
  ];
}

export function prefixFields(prefixes: readonly string[], list: ListParameters): XmlField[] {
  return prefixes.map((prefix) => ['CommonPrefixes', [['Prefix', list.encode(prefix)]]]);
}

/** Written by hand: a page has a thousand of them. */
function objectText(object: ListedObject, { encode }: ListParameters, ownerText: string): string {
  const { key, lastModified, etag, checksumAlgorithm, checksumType, sizeBytes } = object;
  const algorithm =
    checksumAlgorithm === undefined
      ? ''
      : `<ChecksumAlgorithm>${checksumAlgorithm}</ChecksumAlgorithm>`;
  const type = checksumType === undefined ? '' : `<ChecksumType>${checksumType}</ChecksumType>`;
  return `<Key>${escapeText(encode(key))}</Key><LastModified>${lastModified.toISOString()}</LastModified><ETag>${escapeText(quoted(etag))}</ETag>${algorithm}${type}<Size>${sizeBytes}</Size>${ownerText}<StorageClass>STANDARD</StorageClass>`;
}
