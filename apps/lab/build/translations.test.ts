import { describe, expect, it } from 'vitest';
import { jedCatalogue } from './translations.mjs';

describe('jedCatalogue', () => {
  it('gives each message as a list of one form, and the language as Lab looks it up', () => {
    expect(jedCatalogue('strongroom', 'ko_KR', { Close: '닫기' })).toEqual({
      '': {
        domain: 'strongroom',
        language: 'ko-KR',
        plural_forms: 'nplurals=1; plural=0;',
        version: '1',
      },
      Close: ['닫기'],
    });
  });

  it('fails on a language whose plural rule is not known', () => {
    expect(() => jedCatalogue('strongroom', 'xx_XX', {})).toThrow(/xx_XX/);
  });
});
