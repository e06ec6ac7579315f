import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { npmPackagesAreCurrent } from './npm-packages.mjs';

const locked = {
  '': { name: 'root' },
  'apps/agent': { version: '0.1.0' },
  'node_modules/ws': { version: '8.0.0', integrity: 'sha512-one' },
  'node_modules/only-on-windows': { version: '1.0.0', integrity: 'sha512-two', optional: true },
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strongroom-test-'));
  mkdirSync(join(folder, 'node_modules'));
  writeLock('package-lock.json', locked);
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeLock(path, packages) {
  writeFileSync(join(folder, path), JSON.stringify({ packages }));
}

describe('the npm packages', () => {
  it('are current when npm has recorded what the lock names', () => {
    writeLock('node_modules/.package-lock.json', { 'node_modules/ws': locked['node_modules/ws'] });
    expect(npmPackagesAreCurrent(folder)).toBe(true);
  });

  it('are not current where nothing is installed or npm was cut short', () => {
    expect(npmPackagesAreCurrent(folder)).toBe(false);
  });

  it('are not current when a package is missing, older, or not the one that was locked', () => {
    for (const installed of [
      {},
      { 'node_modules/ws': { version: '7.0.0', integrity: 'sha512-one' } },
      { 'node_modules/ws': { version: '8.0.0', integrity: 'sha512-other' } },
    ]) {
      writeLock('node_modules/.package-lock.json', installed);
      expect(npmPackagesAreCurrent(folder)).toBe(false);
    }
  });
});
