import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainSystemError } from '../http/system-error.ts';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';
import { emptyNotebook } from './notebook.ts';

// A really full disk needs a file system of its own, and mounting one needs root.
describe.skipIf(process.getuid?.() !== 0)('on a full disk', () => {
  let agent: TestAgent;
  let home: string;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'full-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', home]);
    agent = await startTestAgent({ homeFolder: home });
    writeFileSync(join(home, 'a.txt'), 'old');
    writeFileSync(join(home, 'a.ipynb'), JSON.stringify(emptyNotebook()));
    fillDisk();
  });

  afterEach(async () => {
    await agent.close();
    execFileSync('umount', [home]);
    rmdirSync(home);
  });

  function fillDisk(): void {
    for (const size of [64 * 1024, 4096]) {
      for (let index = 0; ; index += 1) {
        const path = join(home, `fill-${size}-${index}`);
        try {
          writeFileSync(path, Buffer.alloc(size, 1));
        } catch {
          rmSync(path, { force: true });
          break;
        }
      }
    }
  }

  const save = (path: string, body: unknown) =>
    agent.send('PUT', `/api/contents/${path}`, { body });
  const large = 'x'.repeat(300_000);

  it.each([
    ['a file', 'a.txt', { type: 'file', format: 'text', content: large }],
    ['a new file', 'new.txt', { type: 'file', format: 'text', content: large }],
    ['a chunk of a file', 'a.txt', { type: 'file', format: 'text', chunk: 1, content: large }],
    [
      'a notebook',
      'a.ipynb',
      {
        type: 'notebook',
        content: {
          ...emptyNotebook(),
          cells: [{ id: 'a', cell_type: 'raw', metadata: {}, source: large }],
        },
      },
    ],
  ])('%s is refused with 507, and everything is as it was', async (_what, path, body) => {
    const before = readdirSync(home).sort();
    const answer = await save(path, body);
    expect([answer.status, answer.json().reason]).toEqual([507, 'DiskFull']);
    expect(answer.json().message).toMatch(/^The disk is full/);
    expect(readdirSync(home).sort()).toEqual(before);
    expect(readFileSync(join(home, 'a.txt'), 'utf8')).toBe('old');
    expect(JSON.parse(readFileSync(join(home, 'a.ipynb'), 'utf8'))).toEqual(emptyNotebook());
  });

  it('a copy leaves no half of itself', async () => {
    const before = readdirSync(home).sort();
    const answer = await agent.send('POST', '/api/contents', {
      body: { copy_from: 'fill-65536-0' },
    });
    expect(answer.status).toBe(507);
    expect(readdirSync(home).sort()).toEqual(before);
  });

  it('saving works again once there is room', async () => {
    await save('a.txt', { type: 'file', format: 'text', content: large });
    for (let index = 0; index < 8; index += 1) rmSync(join(home, `fill-65536-${index}`));
    expect((await save('a.txt', { type: 'file', format: 'text', content: large })).status).toBe(
      200,
    );
    expect(readFileSync(join(home, 'a.txt'), 'utf8')).toBe(large);
  });
});

describe('a reached quota', () => {
  it('is told as a full disk', () => {
    const error = Object.assign(new Error('EDQUOT'), { code: 'EDQUOT' });
    expect(explainSystemError(error, 'a.txt')).toMatchObject({
      code: 'DiskFull',
      status: 507,
      message: expect.stringMatching(/^The disk is full/),
    });
  });
});
