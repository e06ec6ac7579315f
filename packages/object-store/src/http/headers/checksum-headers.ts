import { S3Error } from '../../s3-error.ts';
import type { Checksum, ChecksumAlgorithm, ChecksumType } from '../../store/object-info.ts';
import type { IncomingChecksum, MultipartChecksum } from '../../store/object-requests.ts';
import type { RequestFields } from '../request-fields.ts';

const prefix = 'x-amz-checksum-';

/** With the bytes of each. */
const digestBytes: ReadonlyMap<ChecksumAlgorithm, number> = new Map([
  ...([
    ['CRC32', 4],
    ['CRC32C', 4],
    ['CRC64NVME', 8],
    ['SHA1', 20],
    ['SHA256', 32],
  ] as const),
]);

export const checksumAlgorithms: readonly ChecksumAlgorithm[] = [...digestBytes.keys()];

export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `${prefix}${algorithm.toLowerCase()}`;
}

/** @throws {S3Error} `InvalidRequest` */
export function readAlgorithm(text: string | undefined): ChecksumAlgorithm | undefined {
  if (text === undefined) return undefined;
  const found = checksumAlgorithms.find((each) => each === text.toUpperCase());
  if (found !== undefined) return found;
  throw invalid(
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  );
}

/**
 * What the body is held to: a header's checksum, or the trailer's that was announced.
 *
 * @throws {S3Error} `InvalidRequest` where there are two, or one that is announced and not sent
 */
export function readContentChecksum(
  fields: RequestFields,
  trailers: ReadonlyMap<string, string>,
): { checksum?: IncomingChecksum } {
  const declared = readAlgorithm(fields.header('x-amz-sdk-checksum-algorithm'));
  const sent = sentChecksum(fields);
  const trailing = announcedTrailers(fields).map(algorithmOfTrailer);
  const all = [...(sent === undefined ? [] : [sent.algorithm]), ...trailing];
  const [algorithm, ...more] = all;
  if (more.length > 0) {
    throw invalid(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  if (algorithm === undefined) {
    if (declared === undefined) return {};
    throw invalid(
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  if (declared !== undefined && declared !== algorithm) {
    throw invalid('Value for x-amz-sdk-checksum-algorithm header is invalid.');
  }
  if (sent !== undefined) return { checksum: { algorithm, expected: () => sent.value } };
  const name = checksumHeader(algorithm);
  return { checksum: { algorithm, expected: () => checked(algorithm, trailers.get(name) ?? '') } };
}

/** Names in lower case. */
export function announcedTrailers({ header }: RequestFields): readonly string[] {
  const names = header('x-amz-trailer')?.split(',') ?? [];
  return names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
}

/** @throws {S3Error} `InvalidRequest` */
function sentChecksum({
  header,
}: RequestFields): { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined {
  const sent = checksumAlgorithms.flatMap((algorithm) => {
    const value = header(checksumHeader(algorithm));
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (sent.length > 1) {
    throw invalid(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  const [only] = sent;
  if (only !== undefined) checked(only.algorithm, only.value);
  return only;
}

/** Of a multipart upload that begins. @throws {S3Error} `InvalidRequest` */
export function readMultipartChecksum({ header }: RequestFields): { checksum?: MultipartChecksum } {
  const algorithm = readAlgorithm(header('x-amz-checksum-algorithm'));
  const type = readChecksumType(header('x-amz-checksum-type'));
  if (algorithm === undefined) {
    if (type === undefined) return {};
    throw invalid(
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const isHash = algorithm === 'SHA1' || algorithm === 'SHA256';
  const isPossible = isHash
    ? type !== 'FULL_OBJECT'
    : type !== 'COMPOSITE' || algorithm !== 'CRC64NVME';
  if (!isPossible) {
    throw invalid(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  const usual = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
  return { checksum: { algorithm, type: type ?? usual } };
}

export function readChecksumType(text: string | undefined): ChecksumType | undefined {
  if (text === undefined || text === 'FULL_OBJECT' || text === 'COMPOSITE') return text;
  throw invalid('Value for x-amz-checksum-type header is invalid.');
}

export function checksumAnswer(checksum: Checksum | undefined): Record<string, string> {
  if (checksum === undefined) return {};
  const { algorithm, value, type } = checksum;
  return { [checksumHeader(algorithm)]: value, 'x-amz-checksum-type': type };
}

function algorithmOfTrailer(name: string): ChecksumAlgorithm {
  const found = checksumAlgorithms.find((each) => checksumHeader(each) === name);
  if (found !== undefined) return found;
  throw invalid('The value specified in the x-amz-trailer header is not supported');
}

function checked(algorithm: ChecksumAlgorithm, value: string): string {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(value) && value.length % 4 === 0;
  const sizeBytes = Buffer.from(value, 'base64').length;
  if (isBase64 && sizeBytes === digestBytes.get(algorithm)) return value;
  throw invalid(`Value for ${checksumHeader(algorithm)} header is invalid.`);
}

function invalid(message: string): S3Error {
  return new S3Error('InvalidRequest', message);
}
