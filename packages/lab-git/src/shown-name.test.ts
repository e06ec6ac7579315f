import { expect, it } from 'vitest';
import { shownName } from './shown-name.ts';

it('shows on one line what would break it or turn its direction', () => {
  expect(shownName('a\nb\u202egnp.exe')).toBe('a‹000A›b‹202E›gnp.exe');
  expect(shownName('분석 <b>notes</b>.ipynb')).toBe('분석 <b>notes</b>.ipynb');
});
