import { describe, expect, it } from 'vitest';
import { nextFreeName, originalName } from './untitled-name.ts';

const file = { insert: '', isFolder: false };
const copy = { insert: '-Copy', isFolder: false };

describe('names the server chooses', () => {
  it('count up before the extension', () => {
    expect(nextFreeName(new Set(), 'Untitled.ipynb', file)).toBe('Untitled.ipynb');
    expect(
      nextFreeName(new Set(['Untitled.ipynb', 'Untitled1.ipynb']), 'Untitled.ipynb', file),
    ).toBe('Untitled2.ipynb');
  });

  it('keep a double extension, except that a notebook has one', () => {
    expect(nextFreeName(new Set(['d.tar.gz']), 'd.tar.gz', copy)).toBe('d-Copy1.tar.gz');
    expect(nextFreeName(new Set(['v1.2.ipynb']), 'v1.2.ipynb', copy)).toBe('v1.2-Copy1.ipynb');
  });

  it('treat a leading dot and a folder’s dots as part of the name', () => {
    expect(nextFreeName(new Set(['.bashrc']), '.bashrc', copy)).toBe('.bashrc-Copy1');
    const folder = { insert: ' ', isFolder: true };
    expect(nextFreeName(new Set(['v1.2']), 'v1.2', folder)).toBe('v1.2 1');
  });

  it('continue the series of a copy', () => {
    expect(originalName('a-Copy1.txt', false)).toBe('a.txt');
    expect(originalName('a-Copy.d', true)).toBe('a-Copy.d');
    expect(originalName('a-Copy12', true)).toBe('a');
  });
});
