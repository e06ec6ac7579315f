import type { ListVersionsResult } from '../../store/list-requests.ts';
import type { ListedVersion } from '../../store/object-info.ts';
import { quoted } from '../headers/object-answer.ts';
import { xmlAnswer } from '../s3-answer.ts';
import type { BucketOperation, S3Call } from '../s3-call.ts';
import { writeXml, type XmlField } from '../xml/write-xml.ts';
import { prefixFields } from './list-objects.ts';
import {
  type ListParameters,
  listConditions,
  listRequest,
  readListParameters,
} from './list-parameters.ts';
import { ownerFields } from './owner.ts';

export const listObjectVersions: BucketOperation = (call, { bucket }) => {
  const list = readListParameters(call);
  const keyMarker = call.parameter('key-marker') ?? '';
  const versionIdMarker = call.parameter('version-id-marker') ?? '';
  return {
    permissions: [{ action: 'ListBucketVersions', bucket, context: listConditions(call) }],
    async run() {
      const result = await readPage(call, bucket, list, {
        ...(keyMarker === '' ? {} : { keyMarker }),
        ...(versionIdMarker === '' ? {} : { versionIdMarker }),
      });
      const { delimiter, encode } = list;
      const owner = ownerFields(call.service.accountId);
      const next = result.nextKeyMarker;
      return xmlAnswer(
        writeXml('ListVersionsResult', [
          ['Name', bucket],
          ['Prefix', encode(list.prefix)],
          ['KeyMarker', encode(keyMarker)],
          ['VersionIdMarker', versionIdMarker],
          ['NextKeyMarker', next === undefined ? undefined : encode(next)],
          ['NextVersionIdMarker', result.nextVersionIdMarker],
          ['MaxKeys', list.maximum],
          ['Delimiter', delimiter === undefined ? undefined : encode(delimiter)],
          ['IsTruncated', result.isTruncated],
          ['EncodingType', list.encodingType],
          ...result.versions.map((version) => versionField(version, list, owner)),
          ...prefixFields(result.commonPrefixes, list),
        ]),
      );
    },
  };
};

async function readPage(
  { store, caller }: S3Call,
  bucket: string,
  list: ListParameters,
  start: { readonly keyMarker?: string; readonly versionIdMarker?: string },
): Promise<ListVersionsResult> {
  if (list.maximum === 0) return { versions: [], commonPrefixes: [], isTruncated: false };
  const request = { bucket, caller, ...listRequest(list), ...start };
  return store.listVersions({ ...request, maximumKeys: list.maximum });
}

function versionField(
  version: ListedVersion,
  { encode }: ListParameters,
  owner: XmlField[],
): XmlField {
  const common: XmlField[] = [
    ['Key', encode(version.key)],
    ['VersionId', version.versionId],
    ['IsLatest', version.isLatest],
    ['LastModified', version.lastModified],
    ['Owner', owner],
  ];
  if (version.isDeleteMarker) return ['DeleteMarker', common];
  return [
    'Version',
    [
      ...common,
      ['ETag', quoted(version.etag)],
      ['ChecksumAlgorithm', version.checksumAlgorithm],
      ['ChecksumType', version.checksumType],
      ['Size', version.sizeBytes],
      ['StorageClass', 'STANDARD'],
    ],
  ];
}
