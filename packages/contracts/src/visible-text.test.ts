import { describe, expect, it } from 'vitest';
import { visibleNameSchema, visibleTextSchema } from './visible-text.ts';

const isName = (text: string) => visibleNameSchema(100).safeParse(text).success;
const isReason = (text: string) => visibleTextSchema(1, 500).safeParse(text).success;

describe('a name that people recognise each other by', () => {
  it.each([
    '김민수',
    'Kim Min-su (리스크)',
    'Jürgen Müller',
    'Ольга Петрова',
    'Ada 👩‍🔬',
    'Ada 👩🏽‍💻 ❤️',
    'e\u0301mile',
    'αβ 팀',
    'R&D*',
  ])('may be %s', (name) => expect(isName(name)).toBe(true));

  it.each([
    ['a bidirectional override', 'admin\u202enimda'],
    ['an isolate', '\u2067admin'],
    ['a zero-width space', 'al\u200bice'],
    ['a zero-width joiner between letters', 'al\u200dice'],
    ['a soft hyphen', 'al\u00adice'],
    ['a byte order mark', 'al\ufeffice'],
    ['a Hangul filler', '김\u3164민수'],
    ['a half-width Hangul filler', '김\uffa0'],
    ['a Hangul initial filler', '\u115f김'],
    ['a line separator', 'a\u2028b'],
    ['a line break', 'a\nb'],
    ['a blank braille cell', 'a\u2800b'],
    ['a no-break space', 'Kim\u00a0Lee'],
    ['a tag', 'a\u{e0061}'],
    ['a private character', 'a\ue000'],
    ['half a character', 'a\ud800'],
    ['a Cyrillic letter in a Latin word', '\u0430lice'],
    ['a Latin letter in a Cyrillic word', 'Ольгa'],
    ['a Greek letter in a Latin word', 'alic\u03b5'],
    ['a mark between them', 'a\u0301\u0430'],
  ])('has not %s', (_what, name) => expect(isName(name)).toBe(false));
});

describe('a reason', () => {
  it('has line breaks, and any letters', () => {
    expect(isReason('데이터가 필요합니다.\n10 μm 해상도')).toBe(true);
  });

  it.each(['\u202e', '\u200b', '\u0007', '\u3164'])('hides nothing: %j', (character) => {
    expect(isReason(`needed${character} today`)).toBe(false);
  });
});
