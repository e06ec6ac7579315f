import { describe, expect, it } from 'vitest';
import { tokenState } from './token-state.ts';

const now = Date.parse('2026-11-28T12:00:00Z');

describe('tokenState', () => {
  it.each([
    ['2026-11-28T12:00:00Z', 'expired'],
    ['2026-11-28T12:00:01Z', 'soon'],
    ['2026-12-05T12:00:00Z', 'soon'],
    ['2026-12-05T12:00:01Z', 'valid'],
  ])('of a token that ends at %s is %s', (expiresAt, state) => {
    expect(tokenState({ expiresAt }, now)).toBe(state);
  });
});
