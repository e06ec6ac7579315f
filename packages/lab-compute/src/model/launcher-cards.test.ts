import { expect, it } from 'vitest';
import { isOfAnotherImage } from './launcher-cards.ts';

it('cards of kernels of other images are told by the kernel that they start', () => {
  expect(isOfAnotherImage({ kernelName: 'r-base__ir' })).toBe(true);
  expect(isOfAnotherImage({ kernelPreference: { name: 'r-base__ir' } })).toBe(true);
});

it.each([[{ kernelName: 'python3' }], [{ kernelName: 'my_env__x' }], [{}], [undefined]])(
  'a card with %j is none',
  (args) => {
    expect(isOfAnotherImage(args)).toBe(false);
  },
);
