import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileListSchema } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runFilesProgram } from './files-program.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'files-test-'));
  mkdirSync(join(home, 'data'));
  writeFileSync(join(home, 'data/a.bin'), Buffer.from([0, 255, 10]));
  symlinkSync('/etc/passwd', join(home, 'out'));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

async function run(...parameters: string[]): Promise<{ exitCode: number; bytes: Buffer }> {
  const output = new PassThrough();
  const all = buffer(output);
  const exitCode = await runFilesProgram(home, parameters, output);
  output.end();
  return { exitCode, bytes: await all };
}

describe('the files program', () => {
  it('lists a folder as the contract has it', async () => {
    const { exitCode, bytes } = await run('list', '');
    const list = fileListSchema.parse(JSON.parse(bytes.toString()));
    expect(exitCode).toBe(0);
    expect(list).toMatchObject({ path: '', truncated: false });
    expect(list.entries.map(({ name, type }) => [name, type])).toEqual([
      ['data', 'directory'],
      ['out', 'symlink'],
    ]);
  });

  it('says when a folder holds more than it lists', async () => {
    for (let index = 0; index < 10_001; index += 1)
      writeFileSync(join(home, 'data', `${index}`), '');
    const list = JSON.parse((await run('list', 'data')).bytes.toString());
    expect([list.entries.length, list.truncated]).toEqual([10_000, true]);
  });

  it('reads a file: a line about it, then its bytes', async () => {
    const { bytes } = await run('read', 'data/a.bin');
    const newline = bytes.indexOf(10);
    expect(JSON.parse(bytes.subarray(0, newline).toString())).toEqual({
      name: 'a.bin',
      sizeBytes: 3,
    });
    expect(bytes.subarray(newline + 1)).toEqual(Buffer.from([0, 255, 10]));
  });

  it.each([
    [['read', 'none'], 'FileNotFound'],
    [['list', 'none'], 'FileNotFound'],
    [['read', 'out'], 'FileRefused'],
    [['read', '../x'], 'FileRefused'],
    [['read', 'data'], 'FileRefused'],
    [['list', 'data/a.bin'], 'FileRefused'],
    [['delete', 'data'], 'FileRefused'],
  ])('refuses %j with one line and exit code 1', async (parameters, code) => {
    const { exitCode, bytes } = await run(...parameters);
    expect(exitCode).toBe(1);
    expect(JSON.parse(bytes.toString())).toMatchObject({ code, message: expect.any(String) });
  });
});
