import { createHash, createHmac } from 'node:crypto';
import { algorithm } from './parse-authorization.ts';

/** IAM User Guide, "Create a signed AWS API request": the string to sign, the key and the signature. */
export function calculateSignature(options: {
  readonly secretAccessKey: string;
  readonly scope: string;
  readonly timestamp: string;
  readonly canonicalRequest: string;
}): Buffer {
  const { secretAccessKey, scope, timestamp } = options;
  const hash = createHash('sha256').update(options.canonicalRequest).digest('hex');
  const key = scope.split('/').reduce<Buffer>(authenticate, Buffer.from(`AWS4${secretAccessKey}`));
  return authenticate(key, [algorithm, timestamp, scope, hash].join('\n'));
}

function authenticate(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
