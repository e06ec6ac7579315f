import { S3Error } from '../s3-error.ts';
import { type ClaimedSignature, onlyHeader, onlyParameter } from './claimed-signature.ts';
import type { SignableRequest } from './signable-request.ts';

/** How the body is vouched for (S3 API Reference, "Signature Calculations: Transferring Payload"). */
export type PayloadMode =
  | { readonly kind: 'hashed'; readonly sha256: string }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'chunked'; readonly isSigned: boolean; readonly hasTrailer: boolean };

const streamingModes: ReadonlyMap<string, PayloadMode> = new Map([
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', chunked({ isSigned: true, hasTrailer: false })],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', chunked({ isSigned: true, hasTrailer: true })],
  ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', chunked({ isSigned: false, hasTrailer: true })],
]);

const unsigned = 'UNSIGNED-PAYLOAD';

/**
 * The text that stands for the body in the canonical request, and what it means.
 *
 * @throws {S3Error} `InvalidRequest`, `InvalidArgument`, `NotImplemented`
 */
export function readPayloadMode(
  request: SignableRequest,
  { form }: Pick<ClaimedSignature, 'form'>,
): { readonly payloadHash: string; readonly mode: PayloadMode } {
  const payloadHash = declaredHash(request, form);
  if (payloadHash === unsigned) return { payloadHash, mode: { kind: 'unsigned' } };
  const streaming = streamingModes.get(payloadHash);
  if (streaming !== undefined) return { payloadHash, mode: streaming };
  if (/^[0-9a-f]{64}$/i.test(payloadHash)) {
    return { payloadHash, mode: { kind: 'hashed', sha256: payloadHash.toLowerCase() } };
  }
  if (payloadHash.startsWith('STREAMING-AWS4-ECDSA')) {
    throw new S3Error('NotImplemented', 'Signature Version 4A is not implemented');
  }
  throw new S3Error(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-UNSIGNED-PAYLOAD-TRAILER, or a valid sha256 value.',
  );
}

function declaredHash(request: SignableRequest, form: ClaimedSignature['form']): string {
  const header = onlyHeader(request, 'x-amz-content-sha256');
  if (header !== undefined) return header;
  if (form === 'query') return onlyParameter(request, 'X-Amz-Content-Sha256') ?? unsigned;
  throw new S3Error(
    'InvalidRequest',
    'Missing required header for this request: x-amz-content-sha256',
  );
}

function chunked(how: { readonly isSigned: boolean; readonly hasTrailer: boolean }): PayloadMode {
  return { kind: 'chunked', ...how };
}
