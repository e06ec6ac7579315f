import { KeyError } from './key-error.ts';

/**
 * What a provider wrapped, with the id of its key before it, so that it can be opened by whoever has it
 * and nothing else. The id is not authenticated here: a blob given another key's id is one that the
 * other key did not wrap, and every provider refuses that.
 */
const magic = Buffer.from('SRK1');
const keyIdBytes = 16;
const bodyOffset = magic.length + keyIdBytes;

export function encodeWrappedKey(keyId: string, body: Buffer): Buffer {
  return Buffer.concat([magic, Buffer.from(keyId.replaceAll('-', ''), 'hex'), body]);
}

/** @throws {KeyError} `InvalidCiphertextException` */
export function decodeWrappedKey(wrapped: Buffer): {
  readonly keyId: string;
  readonly body: Buffer;
} {
  if (wrapped.length <= bodyOffset || !wrapped.subarray(0, magic.length).equals(magic)) {
    throw new KeyError('InvalidCiphertextException', 'Cannot open a wrapped key: it is not one');
  }
  const hex = wrapped.subarray(magic.length, bodyOffset).toString('hex');
  const keyId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { keyId, body: wrapped.subarray(bodyOffset) };
}
