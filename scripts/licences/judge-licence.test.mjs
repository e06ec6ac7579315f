import { describe, expect, it } from 'vitest';
import { isAllowedLicence, isCommonLicence, licenceOf } from './judge-licence.mjs';

describe('a licence', () => {
  it('is read from each form a package.json states it in', () => {
    expect(licenceOf({ license: 'MIT' })).toBe('MIT');
    expect(licenceOf({ license: { type: 'ISC' } })).toBe('ISC');
    expect(licenceOf({ licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] })).toBe('MIT OR GPL-2.0');
    expect(licenceOf({})).toBe('unknown');
  });

  it('is allowed where one side of an OR is', () => {
    expect(isAllowedLicence('(GPL-3.0 OR MIT)')).toBe(true);
    expect(isAllowedLicence('GPL-3.0 OR AGPL-3.0')).toBe(false);
  });

  it('is allowed only where both sides of an AND are', () => {
    expect(isAllowedLicence('(MIT AND Zlib)')).toBe(true);
    expect(isAllowedLicence('MIT AND GPL-2.0')).toBe(false);
  });

  it('is refused where none is stated', () => {
    expect(isAllowedLicence('unknown')).toBe(false);
    expect(isAllowedLicence('SEE LICENSE IN LICENSE.txt')).toBe(false);
  });

  it('that is rare is told apart, so that it is written down', () => {
    expect(isCommonLicence('BlueOak-1.0.0')).toBe(false);
    expect(isAllowedLicence('BlueOak-1.0.0')).toBe(true);
  });
});
