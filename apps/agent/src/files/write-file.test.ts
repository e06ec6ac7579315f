import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runFilesProgram } from './files-program.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'write-test-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function write(name: string, content: string | Readable, sizeBytes?: number) {
  const output = new PassThrough();
  const all = buffer(output);
  const input = typeof content === 'string' ? Readable.from([Buffer.from(content)]) : content;
  const size = sizeBytes ?? Buffer.byteLength(String(content));
  const exitCode = await runFilesProgram(home, ['write', name, String(size)], output, input);
  output.end();
  return { exitCode, answer: JSON.parse((await all).toString()) };
}

describe('a new file in a home', () => {
  it('is there whole, under its name', async () => {
    expect(await write('a.ipynb', 'content')).toEqual({ exitCode: 0, answer: { name: 'a.ipynb' } });
    expect(readFileSync(join(home, 'a.ipynb'), 'utf8')).toBe('content');
    expect(readdirSync(home)).toEqual(['a.ipynb']);
  });

  it('takes a free name, and never what another file or a link has', async () => {
    writeFileSync(join(home, 'a.ipynb'), 'mine');
    symlinkSync('nowhere', join(home, 'a-1.ipynb'));
    mkdirSync(join(home, 'a-2.ipynb'));
    expect((await write('a.ipynb', 'theirs')).answer).toEqual({ name: 'a-3.ipynb' });
    expect(readFileSync(join(home, 'a.ipynb'), 'utf8')).toBe('mine');
    expect(existsSync(join(home, 'nowhere'))).toBe(false);
  });

  it.each(['../a.ipynb', 'b/a.ipynb', '/a.ipynb', '..', '.', '', 'a\0b', 'x'.repeat(300)])(
    'has one name, and not %j',
    async (name) => {
      const { exitCode, answer } = await write(name, 'content');
      expect([exitCode, answer.code]).toEqual([1, 'FileRefused']);
      expect(readdirSync(home)).toEqual([]);
    },
  );

  it.each([
    ['breaks off', 'half', 100],
    ['goes on', 'too much', 3],
  ])('leaves nothing behind where its content %s', async (_name, content, sizeBytes) => {
    expect((await write('a.ipynb', content, sizeBytes)).exitCode).toBe(1);
    expect(readdirSync(home)).toEqual([]);
  });

  it('leaves nothing behind where the disk is full', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const content = new Readable({ read() {} });
    content.push('half');
    setImmediate(() => content.destroy(full));
    const { answer } = await write('a.ipynb', content, 100);
    expect(answer.code).toBe('DiskFull');
    expect(readdirSync(home)).toEqual([]);
  });
});
