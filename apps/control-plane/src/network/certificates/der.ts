/**
 * The part of DER (ITU-T X.690) that a certificate of ours is written in. Certificates are only
 * written here: OpenSSL, inside Node.js, reads them.
 */
export const der = {
  sequence: (...items: readonly Buffer[]) => tagged(0x30, ...items),
  set: (...items: readonly Buffer[]) => tagged(0x31, ...items),
  boolean: (value: boolean) => tagged(0x01, Buffer.from([value ? 0xff : 0])),
  integer,
  octets: (content: Buffer) => tagged(0x04, content),
  objectIdentifier,
  text: (value: string) => tagged(0x0c, Buffer.from(value, 'utf8')),
  time,
  /** `unusedBits`: of the last byte. */
  bits: (content: Buffer, unusedBits = 0) => tagged(0x03, Buffer.from([unusedBits]), content),
  tagged,
};

function tagged(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hexadecimal = evenHexadecimal(length);
  const bytes = Buffer.from(hexadecimal, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

/** Unsigned, the most significant byte first. */
function integer(magnitude: Buffer): Buffer {
  const firstByte = magnitude.findIndex((byte) => byte !== 0);
  const bytes = firstByte < 0 ? Buffer.from([0]) : magnitude.subarray(firstByte);
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return tagged(0x02, isNegative ? Buffer.from([0]) : Buffer.alloc(0), bytes);
}

/** `dotted`: the first two numbers become one byte (X.690, 8.19.4). */
function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

/** RFC 5280, 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050; no fraction of a second. */
function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\D/g, '').slice(0, 14);
  if (date.getUTCFullYear() >= 2050) return tagged(0x18, Buffer.from(`${digits}Z`));
  return tagged(0x17, Buffer.from(`${digits.slice(2)}Z`));
}

function evenHexadecimal(value: number): string {
  const text = value.toString(16);
  return text.length % 2 === 0 ? text : `0${text}`;
}
