import { expect, test } from 'vitest';
import { isTakenAway, jobEndSentence } from './job-ends.ts';

test.each(['NODE_FAIL', 'PREEMPTED', 'TIMEOUT', 'CANCELLED', undefined])(
  'a job that ended as %s is explained in two languages, with what is safe',
  (state) => {
    const { english, korean } = jobEndSentence(state, 'n1');
    expect(english).toContain('the notebook and its outputs are safe');
    expect(korean).toMatch(/[가-힣]/);
  },
);

test('a node that failed is named', () => {
  expect(jobEndSentence('NODE_FAIL', 'gpu-7').english).toContain('"gpu-7"');
  expect(jobEndSentence('NODE_FAIL', 'gpu-7').korean).toContain('"gpu-7"');
});

test('a kernel that ended by itself was not taken away', () => {
  expect(['RUNNING', 'COMPLETING', 'COMPLETED', 'FAILED', undefined].filter(isTakenAway)).toEqual(
    [],
  );
});
