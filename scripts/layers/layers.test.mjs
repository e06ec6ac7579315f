import { describe, expect, it } from 'vitest';
import { findImports } from './find-imports.mjs';
import { readImportTable } from './import-table.mjs';
import { judgeImport } from './judge-import.mjs';

const table = readImportTable(`
# Architecture

| from | may import |
|---|---|
| \`packages/contracts\` | nothing |
| \`packages/sandbox\` | \`packages/contracts\` |
| \`apps/agent\` | \`packages/contracts\`, \`packages/jupyter-protocol\` |
| \`apps/control-plane\` | \`packages/contracts\`, \`packages/sandbox\` |

After the table.
| apps/agent | apps/control-plane |
`);
const folderOfPackage = new Map([
  ['@strongroom/contracts', 'packages/contracts'],
  ['@strongroom/sandbox', 'packages/sandbox'],
  ['@strongroom/control-plane', 'apps/control-plane'],
]);
const judge = (file, specifier) => judgeImport({ file, specifier }, { table, folderOfPackage });

describe('the import table', () => {
  it('is read from the first matching table and ends with it', () => {
    expect(table.size).toBe(4);
    expect([...(table.get('apps/agent') ?? [])]).toEqual([
      'packages/contracts',
      'packages/jupyter-protocol',
    ]);
    expect(table.get('packages/contracts')?.size).toBe(0);
  });

  it('is required', () => {
    expect(() => readImportTable('# Nothing here')).toThrow(/import table/);
  });
});

describe('the search for imports', () => {
  it('finds every form an import takes', () => {
    const source = `
      import { a } from './a.ts';
      import type { B } from "@strongroom/b";
      import './side-effect.css';
      export { c } from '../c.ts';
      const d = await import('./d.ts');
      const e = require('e');
    `;
    expect(findImports(source)).toEqual([
      './a.ts',
      '@strongroom/b',
      './side-effect.css',
      '../c.ts',
      './d.ts',
      'e',
    ]);
  });

  it('leaves comments out', () => {
    expect(findImports("// import x from 'x'\n/* from 'y' */ import z from 'z';")).toEqual(['z']);
  });
});

describe('an import', () => {
  it('may go where the table has an arrow', () => {
    expect(judge('apps/agent/src/main.ts', '@strongroom/contracts')).toBeUndefined();
    expect(judge('apps/agent/src/main.ts', 'node:fs')).toBeUndefined();
    expect(judge('apps/agent/src/kernels/kernel.ts', '../http/router.ts')).toBeUndefined();
  });

  it('may not go where the table has none', () => {
    expect(judge('apps/agent/src/main.ts', '@strongroom/sandbox')).toMatch(/may not/);
    expect(judge('packages/sandbox/src/index.ts', '@strongroom/control-plane')).toMatch(/may not/);
  });

  it('may not leave its workspace by a relative path', () => {
    expect(judge('apps/agent/src/main.ts', '../../control-plane/src/main.ts')).toMatch(/by a path/);
    expect(judge('apps/agent/src/main.ts', '../../agent-evil/x.ts')).toMatch(/by a path/);
  });

  it('may reach what bundles share where it builds an app, and there alone', () => {
    const shared = '../../scripts/bundles/node-program.mjs';
    expect(judge('apps/agent/build.mjs', shared)).toBeUndefined();
    expect(judge('apps/agent/build.mjs', '../../scripts/start.mjs')).toMatch(/by a path/);
    expect(judge('apps/agent/build.mjs', '../control-plane/src/main.ts')).toMatch(/by a path/);
    expect(judge('apps/agent/src/main.ts', `../${shared}`)).toMatch(/by a path/);
    expect(judge('apps/agent/src/build.mjs', `../${shared}`)).toMatch(/by a path/);
  });

  it('may not name a workspace that does not exist', () => {
    expect(judge('apps/agent/src/main.ts', '@strongroom/vault')).toMatch(/no workspace/);
  });
});
