import { describe, expect, it } from 'vitest';
import { shownName } from './shown-name.ts';

describe('shownName', () => {
  it('leaves names of any script as they are', () => {
    for (const name of ['main.py', '신용 위험.ipynb', 'ملف', '<img src=x>', 'a  b'])
      expect(shownName(name)).toBe(name);
  });

  it('keeps a name on one line', () => {
    expect(shownName('a\nb\tc\u007f')).toBe('a␊b␉c␡');
  });

  it('spells out what turns the text after it around or has no ink', () => {
    expect(shownName('gpj\u202e.exe')).toBe('gpj\\u{202e}.exe');
    expect(shownName('a\u200bb\u2028c\ud800')).toBe('a\\u{200b}b\\u{2028}c\\u{d800}');
  });
});
