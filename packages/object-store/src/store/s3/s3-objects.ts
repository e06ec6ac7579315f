import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { resolveRange } from '../byte-range.ts';
import type { ObjectInfo } from '../object-info.ts';
import type {
  ByteRange,
  CopyObjectRequest,
  CopyObjectResult,
  CopySource,
  GetObjectResult,
  HeadObjectResult,
  IncomingContent,
  PutObjectRequest,
  PutObjectResult,
  ReadObjectRequest,
} from '../object-requests.ts';
import { checkAttributes, checkCopiesAnew, keyBytes } from '../request-rules.ts';
import { VerifiedContent } from '../verified-content.ts';
import { answered, plainEtag } from './s3-answers.ts';
import {
  attributesInput,
  checksumOutput,
  copyConditionsInput,
  type DefaultEncryption,
  encryptionOutput,
  readConditionsInput,
  tagsQuery,
  writeConditionsInput,
} from './s3-attributes.ts';

export interface S3Target {
  readonly client: S3Client;
  readonly encryption: DefaultEncryption;
}

export async function putObject(
  { client, encryption }: S3Target,
  request: PutObjectRequest,
): Promise<PutObjectResult> {
  const { bucket, key, content } = request;
  keyBytes(key);
  checkAttributes(request);
  const output = await sendContent(resourceOf(request), content, (body, options) =>
    client.send(
      new PutObjectCommand({
        ...{ Bucket: bucket, Key: key, Body: body, ContentLength: content.sizeBytes },
        ...attributesInput(request, encryption),
        ...writeConditionsInput(request.conditions),
        ...(content.checksum && { ChecksumAlgorithm: content.checksum.algorithm }),
      }),
      options,
    ),
  );
  const { VersionId: versionId } = output;
  return {
    ...{ etag: plainEtag(output.ETag), sizeBytes: content.sizeBytes },
    ...{ encryption: encryptionOutput(output), ...checksumOutput(output) },
    ...(versionId !== undefined && { versionId }),
  };
}

/** The content is verified on its way, and its own failure told rather than what the client made of it. */
export async function sendContent<Answer>(
  resource: string,
  content: IncomingContent,
  send: (body: Readable, options: { readonly abortSignal: AbortSignal }) => Promise<Answer>,
): Promise<Answer> {
  const verified = await VerifiedContent.start(content);
  const failed = new AbortController();
  const body = quietStream(verified.body(), () => failed.abort());
  try {
    return await answered(resource, () => send(body, { abortSignal: failed.signal }));
  } catch (error) {
    throw verified.failure ?? error;
  } finally {
    body.destroy();
  }
}

/**
 * A stream that has no error: the client pipes it on to others, none of which hears of one, so the
 * request is aborted instead.
 */
function quietStream(pieces: AsyncGenerator<Buffer, void, void>, onFailure: () => void): Readable {
  return new Readable({
    read() {
      void pieces.next().then(({ value }) => void this.push(value ?? null), onFailure);
    },
    destroy(_error, done) {
      void pieces.return().then(
        () => done(),
        () => done(),
      );
    },
  });
}

export async function headObject(
  { client }: S3Target,
  request: ReadObjectRequest,
): Promise<HeadObjectResult> {
  const output = await answered(resourceOf(request), () =>
    client.send(new HeadObjectCommand({ ...readInput(request), ChecksumMode: 'ENABLED' })),
  );
  return described(request, output);
}

export async function getObject(
  { client }: S3Target,
  request: ReadObjectRequest,
): Promise<GetObjectResult> {
  const output = await answered(resourceOf(request), () =>
    client.send(new GetObjectCommand(readInput(request))),
  );
  const stream = output.Body as Readable;
  // The service itself decides how long it goes on sending.
  return { ...described(request, output), stream, signal: new AbortController().signal };
}

export async function copyObject(
  { client, encryption }: S3Target,
  request: CopyObjectRequest,
): Promise<CopyObjectResult> {
  const { bucket, key, source, metadataDirective, taggingDirective, tags } = request;
  keyBytes(key);
  checkAttributes(request);
  // The service would take the encryption that every write names for a change.
  checkCopiesAnew(request);
  const input: CopyObjectCommandInput = {
    ...attributesInput(request, encryption),
    ...{ Bucket: bucket, Key: key, CopySource: copySource(source) },
    ...{ MetadataDirective: metadataDirective, TaggingDirective: taggingDirective },
    ...(taggingDirective === 'REPLACE' && { Tagging: tagsQuery(tags ?? {}) }),
    ...copyConditionsInput(source.conditions),
    ...writeConditionsInput(request.conditions),
    ...(request.checksumAlgorithm && { ChecksumAlgorithm: request.checksumAlgorithm }),
  };
  const output = await answered(resourceOf(request), () =>
    client.send(new CopyObjectCommand(input)),
  );
  const { CopyObjectResult: result = {}, VersionId, CopySourceVersionId } = output;
  const place = { bucket, key, caller: request.caller };
  const { info } = await headObject({ client, encryption }, place);
  return {
    ...{ etag: plainEtag(result.ETag), lastModified: result.LastModified ?? info.lastModified },
    ...{ encryption: encryptionOutput(output), sizeBytes: info.sizeBytes },
    ...checksumOutput(result),
    ...(VersionId !== undefined && { versionId: VersionId }),
    ...(CopySourceVersionId !== undefined && { sourceVersionId: CopySourceVersionId }),
  };
}

export function copySource({ bucket, key, versionId }: CopySource): string {
  const path = `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  return versionId === undefined ? path : `${path}?versionId=${encodeURIComponent(versionId)}`;
}

export function resourceOf({ bucket, key }: { bucket: string; key: string }): string {
  return `/${bucket}/${key}`;
}

function readInput(request: ReadObjectRequest) {
  const { bucket, key, versionId, range, partNumber, conditions } = request;
  return {
    ...{ Bucket: bucket, Key: key, ...readConditionsInput(conditions) },
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(range !== undefined && { Range: rangeHeader(range) }),
    ...(partNumber !== undefined && { PartNumber: partNumber }),
  };
}

function rangeHeader(range: ByteRange): string {
  if ('suffixLength' in range) return `bytes=-${range.suffixLength}`;
  return `bytes=${range.first}-${range.last ?? ''}`;
}

function described(
  request: ReadObjectRequest,
  output: HeadObjectCommandOutput & Pick<GetObjectCommandOutput, 'TagCount'>,
): HeadObjectResult {
  const [, first, last, size] = /bytes (\d+)-(\d+)\/(\d+)/.exec(output.ContentRange ?? '') ?? [];
  const sizeBytes = size === undefined ? (output.ContentLength ?? 0) : Number(size);
  const served =
    first === undefined
      ? resolveRange(undefined, sizeBytes)
      : { first: Number(first), last: Number(last), isPartial: true };
  return { info: infoOf(request, output, sizeBytes), served };
}

function infoOf(
  { bucket, key, versionId }: ReadObjectRequest,
  output: HeadObjectCommandOutput & Pick<GetObjectCommandOutput, 'TagCount'>,
  sizeBytes: number,
): ObjectInfo {
  const until = output.ObjectLockRetainUntilDate;
  return {
    ...{ bucket, key, sizeBytes, etag: plainEtag(output.ETag) },
    ...(output.VersionId !== undefined && { versionId: output.VersionId }),
    // Whoever asks for a version is not told whether it is the newest.
    isLatest: versionId === undefined,
    lastModified: output.LastModified ?? new Date(0),
    headers: headersOf(output),
    userMetadata: output.Metadata ?? {},
    encryption: encryptionOutput(output),
    ...checksumOutput(output),
    tagCount: output.TagCount ?? 0,
    ...(until && { retention: { mode: 'COMPLIANCE', retainUntil: until } as const }),
    ...(output.WebsiteRedirectLocation !== undefined && {
      websiteRedirectLocation: output.WebsiteRedirectLocation,
    }),
  };
}

function headersOf(output: HeadObjectCommandOutput): ObjectInfo['headers'] {
  const { ContentType, CacheControl, ContentDisposition, ContentEncoding } = output;
  const { ContentLanguage, ExpiresString } = output;
  return {
    ...(ContentType !== undefined && { contentType: ContentType }),
    ...(CacheControl !== undefined && { cacheControl: CacheControl }),
    ...(ContentDisposition !== undefined && { contentDisposition: ContentDisposition }),
    ...(ContentEncoding !== undefined && { contentEncoding: ContentEncoding }),
    ...(ContentLanguage !== undefined && { contentLanguage: ContentLanguage }),
    ...(ExpiresString !== undefined && { expires: ExpiresString }),
  };
}
