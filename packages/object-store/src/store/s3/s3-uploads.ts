import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type {
  CompleteUploadRequest,
  CopyPartRequest,
  CopyPartResult,
  CreateUploadRequest,
  CreateUploadResult,
  ListPartsRequest,
  ListPartsResult,
  ListUploadsRequest,
  ListUploadsResult,
  UploadPartRequest,
  UploadPartResult,
  UploadPlace,
} from '../multipart-requests.ts';
import type { MultipartChecksum, PutObjectResult } from '../object-requests.ts';
import { checkAttributes, checkPartNumber, keyBytes } from '../request-rules.ts';
import { answered, plainEtag } from './s3-answers.ts';
import {
  attributesInput,
  checksumInput,
  checksumOutput,
  copyConditionsInput,
  encryptionOutput,
  writeConditionsInput,
} from './s3-attributes.ts';
import { copySource, headObject, resourceOf, type S3Target, sendContent } from './s3-objects.ts';

export async function createUpload(
  { client, encryption }: S3Target,
  request: CreateUploadRequest,
): Promise<CreateUploadResult> {
  const { bucket, key, checksum } = request;
  keyBytes(key);
  checkAttributes(request);
  const output = await answered(resourceOf(request), () =>
    client.send(
      new CreateMultipartUploadCommand({
        ...{ Bucket: bucket, Key: key, ...attributesInput(request, encryption) },
        ...(checksum && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
      }),
    ),
  );
  return {
    ...{ uploadId: output.UploadId ?? '', encryption: encryptionOutput(output) },
    ...(checksum && { checksum }),
  };
}

export async function uploadPart(
  { client }: S3Target,
  request: UploadPartRequest,
): Promise<UploadPartResult> {
  const { partNumber, content } = request;
  checkPartNumber(partNumber);
  const output = await sendContent(resourceOf(request), content, (body, options) =>
    client.send(
      new UploadPartCommand({
        ...{ ...uploadInput(request), PartNumber: partNumber, Body: body },
        ContentLength: content.sizeBytes,
        ...(content.checksum && { ChecksumAlgorithm: content.checksum.algorithm }),
      }),
      options,
    ),
  );
  const encryption = encryptionOutput(output);
  return { etag: plainEtag(output.ETag), encryption, ...checksumOutput(output) };
}

export async function copyPart(
  { client }: S3Target,
  request: CopyPartRequest,
): Promise<CopyPartResult> {
  const { partNumber, source, range } = request;
  checkPartNumber(partNumber);
  const output = await answered(resourceOf(request), () =>
    client.send(
      new UploadPartCopyCommand({
        ...{ ...uploadInput(request), PartNumber: partNumber, CopySource: copySource(source) },
        ...copyConditionsInput(source.conditions),
        ...(range && { CopySourceRange: `bytes=${range.first}-${range.last}` }),
      }),
    ),
  );
  const { CopyPartResult: result = {}, CopySourceVersionId } = output;
  return {
    ...{ etag: plainEtag(result.ETag), lastModified: result.LastModified ?? new Date(0) },
    ...{ encryption: encryptionOutput(output), ...checksumOutput(result) },
    ...(CopySourceVersionId !== undefined && { sourceVersionId: CopySourceVersionId }),
  };
}

export async function completeUpload(
  target: S3Target,
  request: CompleteUploadRequest,
): Promise<PutObjectResult> {
  const { bucket, key, parts, checksum, expectedSizeBytes, caller } = request;
  const { checksum: uploads } = await uploadChecksum(target, request);
  const algorithm = uploads?.algorithm;
  const output = await answered(resourceOf(request), () =>
    target.client.send(
      new CompleteMultipartUploadCommand({
        ...{ ...uploadInput(request), ...writeConditionsInput(request.conditions) },
        MultipartUpload: {
          Parts: parts.map(({ partNumber, etag, checksum: sum }) => ({
            ...{ PartNumber: partNumber, ETag: `"${etag}"`, ...checksumInput(algorithm, sum) },
          })),
        },
        ...(checksum && checksumInput(algorithm, checksum.value)),
        ...(uploads && { ChecksumType: uploads.type }),
        ...(expectedSizeBytes !== undefined && { MpuObjectSize: expectedSizeBytes }),
      }),
    ),
  );
  const { info } = await headObject(target, { bucket, key, caller });
  return {
    ...{ etag: plainEtag(output.ETag), encryption: encryptionOutput(output) },
    ...{ sizeBytes: info.sizeBytes, ...checksumOutput(output) },
    ...(output.VersionId !== undefined && { versionId: output.VersionId }),
  };
}

/** In the answer to a second completion there is none, and none is needed. */
async function uploadChecksum(target: S3Target, request: CompleteUploadRequest) {
  const isSummed = request.parts.some(({ checksum }) => checksum !== undefined);
  if (!isSummed && request.checksum === undefined) return {};
  const { checksum } = await listParts(target, { ...request, maximumParts: 1 });
  return checksum === undefined ? {} : { checksum };
}

export async function abortUpload({ client }: S3Target, request: UploadPlace): Promise<void> {
  await answered(resourceOf(request), () =>
    client.send(new AbortMultipartUploadCommand(uploadInput(request))),
  );
}

export async function listParts(
  { client }: S3Target,
  request: ListPartsRequest,
): Promise<ListPartsResult> {
  const { partNumberMarker, maximumParts } = request;
  const output = await answered(resourceOf(request), () =>
    client.send(
      new ListPartsCommand({
        ...uploadInput(request),
        ...(partNumberMarker !== undefined && { PartNumberMarker: String(partNumberMarker) }),
        ...(maximumParts !== undefined && { MaxParts: maximumParts }),
      }),
    ),
  );
  const { Parts = [], NextPartNumberMarker: next } = output;
  return {
    parts: Parts.map((part) => ({
      ...{ partNumber: part.PartNumber ?? 0, etag: plainEtag(part.ETag) },
      ...{ sizeBytes: part.Size ?? 0, lastModified: part.LastModified ?? new Date(0) },
      ...checksumOutput(part),
    })),
    isTruncated: output.IsTruncated ?? false,
    ...(next !== undefined && { nextPartNumberMarker: Number(next) }),
    initiator: output.Initiator?.ID ?? '',
    ...multipartChecksum(output),
  };
}

export async function listUploads(
  { client }: S3Target,
  request: ListUploadsRequest,
): Promise<ListUploadsResult> {
  const { bucket, prefix, delimiter, keyMarker, uploadIdMarker, maximumUploads } = request;
  const output = await answered(`/${bucket}`, () =>
    client.send(
      new ListMultipartUploadsCommand({
        ...{ Bucket: bucket, EncodingType: 'url' },
        ...(prefix !== undefined && { Prefix: prefix }),
        ...(delimiter !== undefined && { Delimiter: delimiter }),
        ...(keyMarker !== undefined && { KeyMarker: keyMarker }),
        ...(uploadIdMarker !== undefined && { UploadIdMarker: uploadIdMarker }),
        ...(maximumUploads !== undefined && { MaxUploads: maximumUploads }),
      }),
    ),
  );
  const { Uploads = [], CommonPrefixes = [], NextKeyMarker, NextUploadIdMarker } = output;
  return {
    uploads: Uploads.map((upload) => ({
      ...{ key: decoded(upload.Key), uploadId: upload.UploadId ?? '' },
      ...{ initiatedAt: upload.Initiated ?? new Date(0), initiator: upload.Initiator?.ID ?? '' },
      ...multipartChecksum(upload),
    })),
    commonPrefixes: CommonPrefixes.map(({ Prefix }) => decoded(Prefix)),
    isTruncated: output.IsTruncated ?? false,
    ...(NextKeyMarker && { nextKeyMarker: decoded(NextKeyMarker) }),
    ...(NextUploadIdMarker && { nextUploadIdMarker: NextUploadIdMarker }),
  };
}

/** Of `encoding-type=url`, without which XML cannot hold every key. */
export function decoded(text: string | undefined): string {
  return decodeURIComponent((text ?? '').replaceAll('+', ' '));
}

function multipartChecksum(output: {
  readonly ChecksumAlgorithm?: MultipartChecksum['algorithm'] | string | undefined;
  readonly ChecksumType?: MultipartChecksum['type'] | undefined;
}): { readonly checksum?: MultipartChecksum } {
  const { ChecksumAlgorithm: algorithm, ChecksumType: type = 'COMPOSITE' } = output;
  if (algorithm === undefined) return {};
  return { checksum: { algorithm: algorithm as MultipartChecksum['algorithm'], type } };
}

function uploadInput({ bucket, key, uploadId }: UploadPlace) {
  return { Bucket: bucket, Key: key, UploadId: uploadId };
}
