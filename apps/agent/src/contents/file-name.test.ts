import { describe, expect, it } from 'vitest';
import { decodeFileName, fileNameBytes, nativePath } from './file-name.ts';

describe('file names', () => {
  it('keeps UTF-8 names of every script as they are', () => {
    for (const name of ['notes.txt', '보고서 최종.ipynb', 'e\u0301.md', '😀', '\ufeffbom']) {
      expect(decodeFileName(Buffer.from(name))).toBe(name);
      expect(nativePath(name)).toBe(name);
    }
  });

  it('gives back the very bytes of a name that is not UTF-8', () => {
    const names = [
      Buffer.from([0xff, 0xfe, 0x41]),
      Buffer.from([0x61, 0xc3]),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from([0xb0, 0xa1, 0x2e, 0x63, 0x73, 0x76]),
      Buffer.from([0xf4, 0x90, 0x80, 0x80]),
    ];
    for (const bytes of names) {
      const name = decodeFileName(bytes);
      expect(name).not.toContain('\ufffd');
      expect(Buffer.from(nativePath(name))).toEqual(bytes);
    }
  });

  it('tells a name that holds an escape character from the escape of a byte', () => {
    const literal = Buffer.from('\uef80');
    expect(decodeFileName(literal)).not.toBe(decodeFileName(Buffer.from([0x80])));
    expect(Buffer.from(nativePath(decodeFileName(literal)))).toEqual(literal);
  });

  it('counts the bytes that the disk will hold', () => {
    expect(fileNameBytes('한글')).toBe(6);
    expect(fileNameBytes(decodeFileName(Buffer.from([0xff])))).toBe(1);
  });
});
