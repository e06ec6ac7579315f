import { createDecipheriv, type KeyObject } from 'node:crypto';
import { nonceOf, tagBytes } from './record-format.ts';
import { SealedDataError } from './sealed-data-error.ts';

interface RecordOpening {
  readonly record: Buffer;
  readonly header: Buffer;
  readonly key: KeyObject;
  readonly position: number;
  readonly isLast: boolean;
}

/** Returns only what verified. @throws {SealedDataError} */
export function openRecord({ record, header, key, position, isLast }: RecordOpening): Buffer {
  const tagOffset = record.length - tagBytes;
  const nonce = nonceOf(header, position, isLast);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(header);
  decipher.setAuthTag(record.subarray(tagOffset));
  const plain = decipher.update(record.subarray(0, tagOffset));
  try {
    decipher.final();
  } catch {
    plain.fill(0);
    throw new SealedDataError(`Cannot open sealed data: record ${position} does not verify`);
  }
  return plain;
}
