import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExtensionPackages } from './extension-packages.mjs';
import { generateExtensionsModule, generateStylesModule } from './generate-modules.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-packages-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('readExtensionPackages', () => {
  it('takes the dependencies that are Lab extensions, in order of their names', () => {
    writePackage('.', { dependencies: { b: '1', '@s/a': '1', plain: '1' } });
    writePackage('node_modules/plain', { name: 'plain' });
    writePackage('node_modules/b', { name: 'b', jupyterlab: { mimeExtension: 'lib/mime.js' } });
    writePackage('node_modules/@s/a', {
      name: '@s/a',
      version: '2.0.0',
      styleModule: 'style/index.js',
      jupyterlab: { extension: true, schemaDir: 'schema' },
    });
    const [first, second, ...others] = readExtensionPackages(folder);
    expect(others).toEqual([]);
    expect(first).toEqual({
      name: '@s/a',
      version: '2.0.0',
      folder: join(folder, 'node_modules/@s/a'),
      pluginModule: '@s/a',
      mimeModule: null,
      styleModule: '@s/a/style/index.js',
      schemaFolder: join(folder, 'node_modules/@s/a/schema'),
    });
    expect(second).toMatchObject({ pluginModule: null, mimeModule: 'b/lib/mime.js' });
  });

  it('finds packages that the workspace holds further up', () => {
    writePackage('node_modules/b', { name: 'b', jupyterlab: { extension: true } });
    writePackage('apps/lab', { dependencies: { b: '1' } });
    expect(readExtensionPackages(join(folder, 'apps/lab')).map(({ name }) => name)).toEqual(['b']);
  });

  it('fails on a dependency that is not installed, naming it', () => {
    writePackage('.', { dependencies: { 'strongroom-missing-package': '1' } });
    expect(() => readExtensionPackages(folder)).toThrow(/strongroom-missing-package/);
  });
});

describe('the generated modules', () => {
  const packages = [
    describedPackage({ name: 'a', pluginModule: 'a', styleModule: 'a/style/index.js' }),
    describedPackage({ name: 'b', mimeModule: 'b/lib/mime.js' }),
    describedPackage({ name: 'c', pluginModule: 'c', mimeModule: 'c/lib/mime.js' }),
  ];

  it('import plugins and mime renderers once each, with the package they come from', () => {
    expect(generateExtensionsModule(packages)).toBe(
      [
        'import plugin0 from "a";',
        'import plugin1 from "c";',
        'import mime0 from "b/lib/mime.js";',
        'import mime1 from "c/lib/mime.js";',
        'export const extensionModules = [',
        '{ packageName: "a", exports: plugin0 },',
        '{ packageName: "c", exports: plugin1 },',
        '];',
        'export const mimeModules = [',
        '{ packageName: "b", exports: mime0 },',
        '{ packageName: "c", exports: mime1 },',
        '];',
        '',
      ].join('\n'),
    );
  });

  it('import the stylesheets of the packages that have any', () => {
    expect(generateStylesModule(packages)).toBe('import "a/style/index.js";\n');
  });
});

function writePackage(path: string, manifest: object): void {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, path, 'package.json'), JSON.stringify(manifest));
}

function describedPackage(values: object) {
  return {
    name: '',
    version: '1.0.0',
    folder: '',
    pluginModule: null,
    mimeModule: null,
    styleModule: null,
    schemaFolder: null,
    ...values,
  };
}
