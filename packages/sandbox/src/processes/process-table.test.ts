import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { hasEnded, referenceProcess } from './process-table.ts';

it('tells a process that lives from one that ended, or whose number another has', async () => {
  const child = spawn('/bin/sleep', ['600'], { stdio: 'ignore' });
  const reference = await referenceProcess(child.pid ?? 0);
  if (reference === undefined) throw new Error('sleep did not start');
  expect(await hasEnded(reference)).toBe(false);
  expect(await hasEnded({ ...reference, startTime: '1' })).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await hasEnded(reference)).toBe(true);
});
