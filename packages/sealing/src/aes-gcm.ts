import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * For keys and documents, not for streams. The nonce is random, so one key may seal 2^32 times
 * (NIST SP 800-38D, section 8.3).
 *
 * @returns nonce, ciphertext and tag
 */
export function sealBytes(key: Buffer, plain: Buffer, authenticated: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce);
  cipher.setAAD(authenticated);
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** `undefined` for what was altered, or sealed by another key or with other authenticated bytes. */
export function openBytes(key: Buffer, sealed: Buffer, authenticated: Buffer): Buffer | undefined {
  if (sealed.length < nonceBytes + tagBytes) return undefined;
  const tagOffset = sealed.length - tagBytes;
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(authenticated);
  decipher.setAuthTag(sealed.subarray(tagOffset));
  const plain = decipher.update(sealed.subarray(nonceBytes, tagOffset));
  try {
    decipher.final();
  } catch {
    plain.fill(0);
    return undefined;
  }
  return plain;
}
