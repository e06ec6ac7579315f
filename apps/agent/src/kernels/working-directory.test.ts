import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findWorkingDirectory } from './working-directory.ts';

let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
  mkdirSync(join(home, 'risk', '2026'), { recursive: true });
  writeFileSync(join(home, 'risk', 'model.ipynb'), '{}');
});

afterAll(() => rmSync(home, { recursive: true }));

test('it is the deepest folder of the path that exists', async () => {
  expect(await findWorkingDirectory(home, '')).toBe(home);
  expect(await findWorkingDirectory(home, '/risk/2026/')).toBe(join(home, 'risk', '2026'));
  expect(await findWorkingDirectory(home, 'risk/model.ipynb')).toBe(join(home, 'risk'));
  expect(await findWorkingDirectory(home, 'gone/deep/x.ipynb')).toBe(home);
});

test('it is never outside the home', async () => {
  for (const path of ['..', 'risk/../..', '../../etc', 'risk/\0', './../x']) {
    expect(await findWorkingDirectory(home, path)).toBe(home);
  }
});
