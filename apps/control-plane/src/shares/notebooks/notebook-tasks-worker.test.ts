import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultScanRules } from '@strongroom/content-scan';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectLog } from '../../studios/testing/collected-log.ts';
import { NotebookTasksWorker } from './notebook-tasks-worker.ts';

let folder: string;
let tasks: NotebookTasksWorker;

/** A worker that does what the notebook's text says, and counts how many it has been. */
const program = `
import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', ({ id, notebook }) => {
  const text = Buffer.from(notebook.bytes).toString();
  if (text === 'hang') return;
  if (text === 'throw') throw new Error('broken');
  if (text === 'grow') { const kept = []; for (;;) kept.push(new Array(1e6).fill({})); }
  if (text === 'refuse') {
    return parentPort.postMessage({ id, refusal: { code: 'NotANotebook', message: 'no', why: 'no' } });
  }
  parentPort.postMessage({ id, checked: { bytes: notebook.bytes, sha256: String(threadId) } });
});
`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'worker-test-'));
  writeFileSync(join(folder, 'worker.mjs'), program);
  const taskTimeoutMilliseconds = 5_000;
  const log = collectLog();
  tasks = new NotebookTasksWorker({
    ...{ program: join(folder, 'worker.mjs'), log, taskTimeoutMilliseconds },
  });
});
afterEach(async () => {
  await tasks.close();
  rmSync(folder, { recursive: true });
});

const check = (text: string) =>
  tasks.check({ bytes: Buffer.from(text), includesOutputs: true, rules: defaultScanRules });
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('the thread that reads notebooks', () => {
  it('answers each with its own, one after the other', async () => {
    const answers = await Promise.all(['one', 'two', 'three'].map(check));
    expect(answers.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      ...['one', 'two', 'three'],
    ]);
    expect(new Set(answers.map(({ sha256 }) => sha256)).size).toBe(1);
  });

  it('passes on why one is refused, and lives on', async () => {
    await expect(check('refuse')).rejects.toThrow(code('NotANotebook'));
    expect(Buffer.from((await check('one')).bytes).toString()).toBe('one');
  });

  it.each(['throw', 'grow'])(
    'ends with one that makes it %s, and the next gets another',
    async (text) => {
      const { sha256: before } = await check('one');
      await expect(check(text)).rejects.toThrow(code('NotANotebook'));
      expect((await check('two')).sha256).not.toBe(before);
    },
    60_000,
  );

  it('ends with one that takes too long', async () => {
    await expect(check('hang')).rejects.toThrow(code('NotANotebook'));
    expect(Buffer.from((await check('one')).bytes).toString()).toBe('one');
  }, 20_000);

  it('takes nobody else’s work with it', async () => {
    const [bad, good] = await Promise.allSettled([check('throw'), check('one')]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('has only so many waiting', async () => {
    const waiting = Array.from({ length: 9 }, () => check('hang').catch((error) => error.code));
    expect(await Promise.any(waiting)).toBe('TooManyRequests');
    await tasks.close();
  });
});
