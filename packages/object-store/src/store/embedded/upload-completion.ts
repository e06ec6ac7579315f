import { createHash } from 'node:crypto';
import { S3Error } from '../../s3-error.ts';
import { startChecksum } from '../checksums.ts';
import { combineCrcs, type SummedPart } from '../crc-combine.ts';
import type { CompletedPart, CompleteUploadRequest } from '../multipart-requests.ts';
import type { Checksum } from '../object-info.ts';
import type { MultipartChecksum, PutObjectResult } from '../object-requests.ts';
import { maximumObjectBytes } from '../request-rules.ts';
import type { Bucket } from './buckets.ts';
import type { StoreParts } from './parts.ts';
import { type UploadRow, UploadRows, uploadChecksum, uploadPlace } from './upload-rows.ts';
import { nameOf } from './uploads.ts';
import { newVersionId, putResult } from './version-commit.ts';
import type { SegmentRow } from './versions.ts';

type Used = Pick<StoreParts, 'database' | 'buckets' | 'keys' | 'commit' | 'box' | 'clock'>;
type Part = Omit<SegmentRow, 'salt' | 'content'>;

/** The upload was completed, with these parts, by another request. */
class AlreadyCompleted extends Error {}

/** Makes one object of the parts, which stay the sealed files that they are. */
export class UploadCompletion {
  readonly #parts: Used;
  readonly #rows: UploadRows;
  readonly #minimumPartBytes: number;

  constructor(parts: Used, minimumPartBytes: number) {
    this.#parts = parts;
    this.#rows = new UploadRows(parts.database);
    this.#minimumPartBytes = minimumPartBytes;
  }

  async complete(request: CompleteUploadRequest): Promise<PutObjectResult> {
    const bucket = this.#parts.buckets.find(request.bucket);
    const name = nameOf(bucket, request);
    try {
      const row = this.#rows.find(name);
      if (row === undefined) throw new AlreadyCompleted();
      return await this.#complete(request, bucket, row);
    } catch (error) {
      if (!(error instanceof AlreadyCompleted)) throw error;
      const completed = this.#rows.completed(name);
      if (completed?.parts === digestOf(request.parts)) return JSON.parse(completed.result);
      this.#rows.require(name);
      throw error;
    }
  }

  async #complete(
    request: CompleteUploadRequest,
    bucket: Bucket,
    row: UploadRow,
  ): Promise<PutObjectResult> {
    const { keys, commit, box } = this.#parts;
    const { key, uploadId, caller, conditions } = request;
    const segments = this.#chosenParts(request, row);
    const sizeBytes = segments.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
    checkSize(request, sizeBytes);
    const from = uploadPlace(bucket.name, key, uploadId);
    const metadata = box.open(Buffer.from(row.metadata), { ...from, sizeBytes: 0, etag: '' });
    const checksum = await wholeChecksum(request, uploadChecksum(row), segments);
    const versionId = newVersionId(bucket);
    const to = { bucket: bucket.name, key, versionId };
    const wrapped = await keys.move(Buffer.from(row.wrapped_key), { from, to }, caller);
    const draft = {
      ...{ bucket, key, versionId, sizeBytes, etag: multipartEtag(segments), checksum },
      ...{ hasParts: true, metadata, retainUntil: row.retain_until, wrapped },
    };
    const result = putResult(draft);
    await commit.commit(draft, {
      // The parts were counted when they came.
      ...{ conditions, addedBytes: 0 },
      check: () => this.#checkUnchanged(request, bucket, segments),
      attach: (versionRow) => {
        for (const { id } of segments) this.#rows.giveSegment(id, versionRow);
        const left = this.#rows.remove(row);
        this.#parts.buckets.addBytes(bucket.id, -left.sizeBytes);
        const completed = { parts: digestOf(request.parts), result: JSON.stringify(result) };
        this.#rows.remember(nameOf(bucket, request), completed, this.#parts.clock());
        return left.files;
      },
    });
    return result;
  }

  /** @throws {S3Error} `MalformedXML`, `InvalidPartOrder`, `InvalidPart`, `EntityTooSmall` */
  #chosenParts({ parts, uploadId }: CompleteUploadRequest, row: UploadRow): readonly Part[] {
    if (parts.length === 0) throw new S3Error('MalformedXML', 'You must specify at least one part');
    const present = new Map(this.#rows.segments(row.id).map((part) => [part.part_number, part]));
    let before = 0;
    const chosen = parts.map((asked) => {
      if (asked.partNumber <= before) {
        const message =
          'The list of parts was not in ascending order. Parts must be ordered by part number.';
        throw new S3Error('InvalidPartOrder', message, { details: { UploadId: uploadId } });
      }
      before = asked.partNumber;
      return requirePart(present.get(asked.partNumber), asked, uploadId);
    });
    for (const part of chosen.slice(0, -1)) {
      if (part.size_bytes >= this.#minimumPartBytes) continue;
      const message = 'Your proposed upload is smaller than the minimum allowed size';
      throw new S3Error('EntityTooSmall', message, {
        details: {
          ...{ ProposedSize: String(part.size_bytes), PartNumber: String(part.part_number) },
          ...{ MinSizeAllowed: String(this.#minimumPartBytes), ETag: part.etag },
        },
      });
    }
    return chosen;
  }

  /** In the transaction: a part may have been replaced, or the upload completed by another request. */
  #checkUnchanged(request: CompleteUploadRequest, bucket: Bucket, chosen: readonly Part[]): void {
    const row = this.#rows.find(nameOf(bucket, request));
    if (row === undefined) throw new AlreadyCompleted();
    const present = new Set(this.#rows.segments(row.id).map(({ id }) => id));
    if (chosen.every(({ id }) => present.has(id))) return;
    throw new S3Error(
      'InvalidPart',
      'One of the parts was replaced while the upload was completed',
    );
  }
}

function requirePart(part: Part | undefined, asked: CompletedPart, uploadId: string): Part {
  const isChecksumRight = asked.checksum === undefined || asked.checksum === part?.checksum;
  if (part !== undefined && part.etag === asked.etag && isChecksumRight) return part;
  const message =
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
  throw new S3Error('InvalidPart', message, {
    details: { UploadId: uploadId, PartNumber: String(asked.partNumber), ETag: asked.etag },
  });
}

function checkSize({ expectedSizeBytes }: CompleteUploadRequest, sizeBytes: number): void {
  if (sizeBytes > maximumObjectBytes) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  if (expectedSizeBytes === undefined || expectedSizeBytes === sizeBytes) return;
  const message = `Cannot complete the upload: its parts are ${sizeBytes} bytes and not ${expectedSizeBytes}`;
  throw new S3Error('InvalidRequest', message);
}

/** @throws {S3Error} `BadDigest` where the client's checksum of the whole is another. */
async function wholeChecksum(
  request: CompleteUploadRequest,
  wanted: MultipartChecksum | undefined,
  parts: readonly Part[],
): Promise<Checksum | undefined> {
  if (wanted === undefined) return undefined;
  const { algorithm, type } = wanted;
  const sums = parts.map(({ checksum, size_bytes: sizeBytes }) => ({
    ...{ checksum: checksum ?? '', sizeBytes },
  }));
  const value = type === 'FULL_OBJECT' ? combineCrcs(algorithm, sums) : undefined;
  const whole: Checksum =
    value === undefined
      ? { algorithm, type: 'COMPOSITE', value: await composite(algorithm, sums) }
      : { algorithm, type, value };
  const expected = request.checksum?.value;
  if (expected !== undefined && expected !== whole.value) {
    throw new S3Error(
      'BadDigest',
      `Cannot complete the upload: its ${algorithm} is "${whole.value}"`,
    );
  }
  return whole;
}

/** The checksum of the parts' checksums (S3 User Guide, "Composite checksums"). */
async function composite(
  algorithm: Checksum['algorithm'],
  parts: readonly SummedPart[],
): Promise<string> {
  const running = await startChecksum(algorithm);
  for (const { checksum } of parts) running.update(Buffer.from(checksum, 'base64'));
  return `${running.digest()}-${parts.length}`;
}

function multipartEtag(parts: readonly Part[]): string {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(etag, 'hex');
  return `${hash.digest('hex')}-${parts.length}`;
}

function digestOf(parts: readonly CompletedPart[]): string {
  const named = parts.map(({ partNumber, etag }) => [partNumber, etag]);
  return createHash('sha256').update(JSON.stringify(named)).digest('hex');
}
