import { describe, expect, it } from 'vitest';
import { keepHarmlessStyle } from './harmless-style.ts';

describe('a style attribute', () => {
  it('keeps how a thing looks', () => {
    expect(
      keepHarmlessStyle('Color: red; text-align:right;border-left: 1px solid; margin: 1em'),
    ).toBe('color: red; text-align: right; border-left: 1px solid; margin: 1em');
  });

  it.each([
    'position: fixed',
    'z-index: 9',
    'transform: scale(9)',
    'inset: 0',
    'margin-top: -100px',
    'margin: calc(0px - 9px)',
    'background-color: url(https://a.example)',
    'color: var(--accent)',
    'co\\lor: red',
    'color: \\75 rl(x)',
    '--accent: red',
    'filter: blur(9px)',
    'content-visibility: hidden',
    'all: unset',
  ])('loses %s', (style) => {
    expect(keepHarmlessStyle(`${style}; color: red`)).toBe('color: red');
  });
});
