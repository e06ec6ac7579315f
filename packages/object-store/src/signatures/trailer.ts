import { S3Error } from '../s3-error.ts';
import type { ByteCursor } from './byte-cursor.ts';
import type { ChunkedBodyOptions, ChunkSignatures } from './chunked-body.ts';

const trailerLimitBytes = 4096;
const signatureName = 'x-amz-trailer-signature';

/**
 * Checksums that follow the last chunk, and the signature over them where the body is signed.
 *
 * @throws {S3Error} `MalformedTrailerError` unless it holds just what was announced
 */
export async function readTrailer(
  cursor: ByteCursor,
  options: ChunkedBodyOptions & { readonly signatures: ChunkSignatures | undefined },
): Promise<void> {
  const { announcedTrailers, onTrailer, signatures } = options;
  const fields = await readFields(cursor);
  const signature = fields.get(signatureName);
  fields.delete(signatureName);
  const isAsAnnounced =
    fields.size === announcedTrailers.length && announcedTrailers.every((name) => fields.has(name));
  if (!isAsAnnounced) throw malformedTrailer();
  if (signatures !== undefined) {
    if (signature === undefined || !/^[0-9a-f]{64}$/.test(signature)) throw malformedTrailer();
    const canonical = [...fields].map(([name, value]) => `${name}:${value}\n`).join('');
    signatures.verifyTrailer(canonical, signature);
  }
  for (const [name, value] of fields) onTrailer(name, value);
}

async function readFields(cursor: ByteCursor): Promise<Map<string, string>> {
  const fields = new Map<string, string>();
  let leftBytes = trailerLimitBytes;
  for (;;) {
    const line = await cursor.readLine(leftBytes);
    leftBytes -= line.length;
    if (line === '') return fields;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon < 1 || fields.has(name)) throw malformedTrailer();
    fields.set(name, line.slice(colon + 1).trim());
    if (name === signatureName && (await cursor.isAtEnd())) return fields;
  }
}

function malformedTrailer(): S3Error {
  return new S3Error(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  );
}
