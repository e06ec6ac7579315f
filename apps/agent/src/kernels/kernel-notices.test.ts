import { expect, test } from 'vitest';
import type { KernelExit } from './kernel-host.ts';
import { kernelNoticesIn } from './kernel-notices.ts';

const exit: KernelExit = {
  ...{ exitCode: null, signal: 'SIGKILL', outOfMemory: true, stoppedByPerson: false, reason: null },
  memoryLimitBytes: 4 * 1024 ** 3,
};
const reason = { english: 'The budget is used up.', korean: '예산을 모두 사용했습니다.' };

test('a kernel that ran out of memory says how much it had, in the language of the person', () => {
  for (const language of ['en', 'ko'] as const) {
    const text = kernelNoticesIn(language).ended({ cause: 'exited', exit });
    expect(text).toContain('4 GiB');
  }
});

test("the control plane's reason is told in the language of the person", () => {
  const told = { ...exit, reason };
  expect(kernelNoticesIn('en').ended({ cause: 'exited', exit: told })).toContain(reason.english);
  expect(kernelNoticesIn('ko').ended({ cause: 'exited', exit: told })).toContain(reason.korean);
  expect(kernelNoticesIn('en').endedFor(reason)).toContain(reason.english);
  expect(kernelNoticesIn('ko').endedFor(reason)).toContain(reason.korean);
});
