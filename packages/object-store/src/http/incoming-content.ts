import { S3Error } from '../s3-error.ts';
import type { IncomingContent } from '../store/object-requests.ts';
import { readContentChecksum } from './headers/checksum-headers.ts';
import type { S3Call } from './s3-call.ts';
import { readContentMd5 } from './xml-body.ts';

const maximumBytes = 5 * 1024 ** 3;

/** @throws {S3Error} `MissingContentLength`, `EntityTooLarge`, `InvalidDigest`, `InvalidRequest` */
export function incomingContent(call: S3Call): IncomingContent {
  const decoded = call.header('x-amz-decoded-content-length');
  const isFramed = (call.header('x-amz-content-sha256') ?? '').startsWith('STREAMING-');
  const length = isFramed ? decoded : call.header('content-length');
  if (length === undefined || !/^\d{1,15}$/.test(length)) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  const sizeBytes = Number(length);
  if (sizeBytes > maximumBytes) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      details: { ProposedSize: length, MaxSizeAllowed: String(maximumBytes) },
    });
  }
  const contentMd5 = readContentMd5(call);
  const { body, trailers } = call.body();
  return {
    ...{ body, sizeBytes, ...readContentChecksum(call, trailers) },
    ...(contentMd5 === undefined ? {} : { contentMd5 }),
  };
}
