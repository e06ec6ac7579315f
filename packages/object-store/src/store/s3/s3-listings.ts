import { ListObjectsV2Command, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type {
  ListObjectsRequest,
  ListObjectsResult,
  ListVersionsRequest,
  ListVersionsResult,
} from '../list-requests.ts';
import type { ChecksumAlgorithm, ListedObject, ListedVersion } from '../object-info.ts';
import { answered, plainEtag } from './s3-answers.ts';
import type { S3Target } from './s3-objects.ts';
import { decoded } from './s3-uploads.ts';

export async function listObjects(
  { client }: S3Target,
  request: ListObjectsRequest,
): Promise<ListObjectsResult> {
  const { bucket, prefix, delimiter, startAfter, continuationToken, maximumKeys } = request;
  const output = await answered(`/${bucket}`, () =>
    client.send(
      new ListObjectsV2Command({
        ...{ Bucket: bucket, EncodingType: 'url' },
        ...(prefix !== undefined && { Prefix: prefix }),
        ...(delimiter !== undefined && { Delimiter: delimiter }),
        ...(startAfter !== undefined && { StartAfter: startAfter }),
        ...(continuationToken !== undefined && { ContinuationToken: continuationToken }),
        ...(maximumKeys !== undefined && { MaxKeys: maximumKeys }),
      }),
    ),
  );
  const { Contents = [], CommonPrefixes = [], NextContinuationToken: next } = output;
  const objects = Contents.map(listed);
  const commonPrefixes = CommonPrefixes.map(({ Prefix }) => decoded(Prefix));
  const isTruncated = output.IsTruncated ?? false;
  const nextMarker = lastOf(objects.at(-1)?.key, commonPrefixes.at(-1));
  return {
    ...{ objects, commonPrefixes, isTruncated },
    ...(next !== undefined && { nextContinuationToken: next }),
    ...(isTruncated && nextMarker !== undefined && { nextMarker }),
  };
}

export async function listVersions(
  { client }: S3Target,
  request: ListVersionsRequest,
): Promise<ListVersionsResult> {
  const { bucket, prefix, delimiter, keyMarker, versionIdMarker, maximumKeys } = request;
  const output = await answered(`/${bucket}`, () =>
    client.send(
      new ListObjectVersionsCommand({
        ...{ Bucket: bucket, EncodingType: 'url' },
        ...(prefix !== undefined && { Prefix: prefix }),
        ...(delimiter !== undefined && { Delimiter: delimiter }),
        ...(keyMarker !== undefined && { KeyMarker: keyMarker }),
        ...(versionIdMarker !== undefined && { VersionIdMarker: versionIdMarker }),
        ...(maximumKeys !== undefined && { MaxKeys: maximumKeys }),
      }),
    ),
  );
  const { Versions = [], DeleteMarkers = [], CommonPrefixes = [] } = output;
  const { NextKeyMarker, NextVersionIdMarker } = output;
  const versions = [
    ...Versions.map((one) => version(one, false)),
    ...DeleteMarkers.map((one) => version(one, true)),
  ];
  return {
    versions: versions.sort(byKeyNewestFirst),
    commonPrefixes: CommonPrefixes.map(({ Prefix }) => decoded(Prefix)),
    isTruncated: output.IsTruncated ?? false,
    ...(NextKeyMarker && { nextKeyMarker: decoded(NextKeyMarker) }),
    ...(NextVersionIdMarker && { nextVersionIdMarker: NextVersionIdMarker }),
  };
}

interface ListedOutput {
  readonly Key?: string | undefined;
  readonly LastModified?: Date | undefined;
  readonly ETag?: string | undefined;
  readonly Size?: number | undefined;
  readonly ChecksumAlgorithm?: readonly string[] | undefined;
  readonly ChecksumType?: 'COMPOSITE' | 'FULL_OBJECT' | undefined;
}

interface VersionOutput extends ListedOutput {
  readonly VersionId?: string | undefined;
  readonly IsLatest?: boolean | undefined;
}

function listed(output: ListedOutput): ListedObject {
  const [checksumAlgorithm] = output.ChecksumAlgorithm ?? [];
  return {
    ...{ key: decoded(output.Key), lastModified: output.LastModified ?? new Date(0) },
    ...{ etag: plainEtag(output.ETag), sizeBytes: output.Size ?? 0 },
    ...(checksumAlgorithm !== undefined && {
      checksumAlgorithm: checksumAlgorithm as ChecksumAlgorithm,
    }),
    ...(output.ChecksumType !== undefined && { checksumType: output.ChecksumType }),
  };
}

function version(output: VersionOutput, isDeleteMarker: boolean): ListedVersion {
  const { VersionId: versionId = 'null', IsLatest: isLatest = false } = output;
  return { ...listed(output), versionId, isLatest, isDeleteMarker };
}

/** The service sends versions and delete markers apart; together their order is told by their times. */
function byKeyNewestFirst(one: ListedVersion, other: ListedVersion): number {
  const byKey = Buffer.compare(Buffer.from(one.key), Buffer.from(other.key));
  if (byKey !== 0) return byKey;
  if (one.isLatest !== other.isLatest) return one.isLatest ? -1 : 1;
  return other.lastModified.getTime() - one.lastModified.getTime();
}

function lastOf(key: string | undefined, prefix: string | undefined): string | undefined {
  if (key === undefined || prefix === undefined) return key ?? prefix;
  return Buffer.compare(Buffer.from(key), Buffer.from(prefix)) > 0 ? key : prefix;
}
