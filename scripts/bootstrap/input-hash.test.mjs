import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashInputs, workspaceClosure } from './input-hash.mjs';

let repositoryFolder = '';
beforeEach(() => {
  repositoryFolder = mkdtempSync(join(tmpdir(), 'strongroom-test-'));
  write('package-lock.json', '{}');
  writeManifest('apps/agent', ['@strongroom/protocol', 'ws']);
  writeManifest('packages/protocol', ['@strongroom/contracts']);
  writeManifest('packages/contracts', []);
  writeManifest('packages/unrelated', []);
  write('apps/agent/src/main.ts', 'one');
  write('packages/contracts/src/index.ts', 'one');
});
afterEach(() => rmSync(repositoryFolder, { recursive: true }));

function write(path, text) {
  mkdirSync(dirname(join(repositoryFolder, path)), { recursive: true });
  writeFileSync(join(repositoryFolder, path), text);
}

function writeManifest(folder, names) {
  const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
  write(`${folder}/package.json`, JSON.stringify({ dependencies }));
}

const hash = () =>
  hashInputs({
    repositoryFolder,
    workspaceFolder: 'apps/agent',
    sharedFiles: ['package-lock.json'],
  });

describe("the hash of an app's inputs", () => {
  it('follows the packages it imports, and those that they import', () => {
    expect(workspaceClosure(repositoryFolder, 'apps/agent')).toEqual([
      'apps/agent',
      'packages/contracts',
      'packages/protocol',
    ]);
  });

  it.each([
    'apps/agent/src/main.ts',
    'apps/agent/src/new.ts',
    'packages/contracts/src/index.ts',
    'package-lock.json',
  ])('changes with %s', (path) => {
    const before = hash();
    write(path, 'two');
    expect(hash()).not.toBe(before);
  });

  it.each([
    'apps/agent/dist/main.js',
    'apps/agent/src/main.test.ts',
    'apps/agent/node_modules/ws/index.js',
    'packages/unrelated/src/index.ts',
  ])('does not change with %s', (path) => {
    const before = hash();
    write(path, 'two');
    expect(hash()).toBe(before);
  });

  it('tells a file that moved its content to its neighbour', () => {
    write('apps/agent/src/a.ts', 'xy');
    write('apps/agent/src/b.ts', '');
    const before = hash();
    write('apps/agent/src/a.ts', 'x');
    write('apps/agent/src/b.ts', 'y');
    expect(hash()).not.toBe(before);
  });
});
