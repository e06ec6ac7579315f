import { expect, it } from 'vitest';
import { parseKernelEnd } from './kernel-end.ts';

it('is read as the agent says it', () => {
  const content = { out_of_memory: true, text: '\nAll memory is used.\n' };
  expect(parseKernelEnd(content)).toEqual({ isOutOfMemory: true, text: 'All memory is used.' });
});

it.each([[null], ['x'], [{}], [{ out_of_memory: 'yes', text: 'x' }], [{ out_of_memory: true }]])(
  'is not %j',
  (content) => {
    expect(parseKernelEnd(content)).toBeNull();
  },
);
