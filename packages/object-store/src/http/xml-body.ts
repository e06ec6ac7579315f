import { createHash } from 'node:crypto';
import { S3Error } from '../s3-error.ts';
import { startChecksum } from '../store/checksums.ts';
import type { IncomingChecksum } from '../store/object-requests.ts';
import { readContentChecksum } from './headers/checksum-headers.ts';
import type { S3Call } from './s3-call.ts';
import { malformedXml, readXml, type XmlElement } from './xml/read-xml.ts';

const usualLimitBytes = 1024 * 1024;

/**
 * A small document in the body, held to its `Content-MD5` and its checksum.
 *
 * @throws {S3Error} `MissingRequestBodyError`, `MalformedXML`, `BadDigest`, `MaxMessageLengthExceeded`
 */
export async function readXmlBody(
  call: S3Call,
  rootName: string,
  options: { readonly limitBytes?: number; readonly needsDigest?: boolean } = {},
): Promise<XmlElement> {
  const text = await readTextBody(call, options);
  if (text === '') throw new S3Error('MissingRequestBodyError', 'Request Body is empty');
  return readXml(text, rootName);
}

export async function readTextBody(
  call: S3Call,
  options: { readonly limitBytes?: number; readonly needsDigest?: boolean } = {},
): Promise<string> {
  const { body, trailers } = call.body();
  const { checksum } = readContentChecksum(call, trailers);
  const contentMd5 = readContentMd5(call);
  if (options.needsDigest === true && checksum === undefined && contentMd5 === undefined) {
    throw new S3Error(
      'InvalidRequest',
      'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    );
  }
  const bytes = await collect(body, options.limitBytes ?? usualLimitBytes);
  if (contentMd5 !== undefined) checkMd5(bytes, contentMd5);
  const isIntact = checksum === undefined || (await matches(bytes, checksum));
  if (isIntact) return decodeText(bytes);
  throw new S3Error(
    'BadDigest',
    'The checksum you specified did not match the calculated checksum.',
  );
}

/** @throws {S3Error} `InvalidDigest` */
export function readContentMd5({ header }: Pick<S3Call, 'header'>): string | undefined {
  const text = header('content-md5');
  if (text === undefined) return undefined;
  if (/^[A-Za-z0-9+/]{22}==$/.test(text)) return text;
  throw new S3Error('InvalidDigest', 'The Content-MD5 you specified is not valid.');
}

/** @throws {S3Error} `MaxMessageLengthExceeded`, `MalformedXML` where it is no UTF-8 */
export async function collectText(
  body: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<string> {
  return decodeText(await collect(body, limitBytes));
}

async function collect(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) {
      throw new S3Error('MaxMessageLengthExceeded', 'Your request was too large.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function matches(bytes: Buffer, { algorithm, expected }: IncomingChecksum): Promise<boolean> {
  const running = await startChecksum(algorithm);
  running.update(bytes);
  return running.digest() === expected?.();
}

function checkMd5(bytes: Buffer, expected: string): void {
  const computed = createHash('md5').update(bytes).digest('base64');
  if (computed === expected) return;
  throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
    details: { ExpectedDigest: expected, CalculatedDigest: computed },
  });
}

function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformedXml();
  }
}
