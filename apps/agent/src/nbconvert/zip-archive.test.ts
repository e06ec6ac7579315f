import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { zipFiles } from './zip-archive.ts';

it('writes archives that other programs read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-test-'));
  const path = join(folder, 'a.zip');
  const files = [
    { name: '보고서.md', bytes: Buffer.from('text '.repeat(1000)) },
    { name: 'images/one.png', bytes: Buffer.from([0, 1, 255]) },
    { name: 'empty', bytes: Buffer.alloc(0) },
  ];
  writeFileSync(path, await zipFiles(files));
  const program = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({name: archive.read(name).hex() for name in archive.namelist()}))`;
  const read = JSON.parse(
    execFileSync('/usr/bin/python3', ['-c', program, path], { encoding: 'utf8' }),
  );
  expect(read).toEqual(
    Object.fromEntries(files.map(({ name, bytes }) => [name, bytes.toString('hex')])),
  );
  rmSync(folder, { recursive: true });
});
