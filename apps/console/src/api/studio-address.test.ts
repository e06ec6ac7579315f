import { describe, expect, it } from 'vitest';
import { studioAddress } from './studio-address.ts';

const presigned = 'http://alice.studio.localhost:8080/auth?token=abc';

describe('the address that a launch ends with', () => {
  it('is the presigned URL, with the path to open beside it', () => {
    expect(studioAddress(presigned, null)).toBe(presigned);
    const address = new URL(studioAddress(presigned, '작업/a&token=x b.ipynb'));
    expect(address.searchParams.getAll('token')).toEqual(['abc']);
    expect(address.searchParams.get('open')).toBe('작업/a&token=x b.ipynb');
  });

  it.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)'])(
    'stays on the origin of the studio for %s',
    (path) => {
      expect(new URL(studioAddress(presigned, path)).origin).toBe(new URL(presigned).origin);
    },
  );
});
