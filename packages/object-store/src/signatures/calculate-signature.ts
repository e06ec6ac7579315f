import { createHash, createHmac } from 'node:crypto';

export const algorithm = 'AWS4-HMAC-SHA256';

/** SHA-256 of nothing, in hexadecimal. */
export const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** IAM User Guide, "Create a signed AWS API request": the key that a day, region and service have. */
export function deriveSigningKey(secretAccessKey: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>(keyedHash, Buffer.from(`AWS4${secretAccessKey}`));
}

export function calculateSignature(options: {
  readonly signingKey: Buffer;
  readonly scope: string;
  readonly timestamp: string;
  readonly canonicalRequest: string;
}): Buffer {
  const { signingKey, scope, timestamp, canonicalRequest } = options;
  return keyedHash(signingKey, [algorithm, timestamp, scope, sha256(canonicalRequest)].join('\n'));
}

export function keyedHash(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
