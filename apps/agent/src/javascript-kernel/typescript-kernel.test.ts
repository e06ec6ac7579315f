import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jobIdSchema, type RunNotebookRequest } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalControlPlane, pythonKernel } from '../testing/local-control-plane.ts';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

const program = fileURLToPath(new URL('../../dist/typescript-kernel.js', import.meta.url));

/** As built: the kernel's process, whose cells a notebook run gives it one after the other. */
describe.runIf(existsSync(program))('the kernel for TypeScript', () => {
  let home: string;
  let controlPlane: LocalControlPlane;
  let agent: TestAgent;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'typescript-'));
    controlPlane = new LocalControlPlane(home);
    const argv = [process.execPath, program, '{connection_file}'];
    const kernel = { ...pythonKernel, name: 'typescript', specName: 'typescript', argv };
    controlPlane.offered = {
      defaultName: 'typescript',
      kernels: [{ ...kernel, language: 'typescript' }],
    };
    agent = await startTestAgent({ homeFolder: home }, { channel: controlPlane.channel });
  });
  afterEach(async () => {
    await agent.close();
    await controlPlane.close();
    rmSync(home, { recursive: true });
  });

  async function run(cells: readonly (readonly [source: string, ...tags: string[]])[]) {
    const notebook = {
      ...{ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { name: 'typescript' } } },
      cells: cells.map(([source, ...tags], index) => ({
        ...{ cell_type: 'code', id: `c${index}`, metadata: { tags }, source },
        ...{ outputs: [], execution_count: null },
      })),
    };
    writeFileSync(join(home, 'input.ipynb'), JSON.stringify(notebook));
    const request: RunNotebookRequest = {
      ...{ jobId: jobIdSchema.parse('1'.padStart(32, '0')), parameters: { year: 2026 } },
      ...{ notebookFile: join(home, 'input.ipynb'), outputFile: join(home, 'output.ipynb') },
      ...{ kernelName: null, instanceType: null },
    };
    controlPlane.emit('runNotebook', { event: 'runNotebook', request });
    await controlPlane.notice((told) => told.notice === 'notebookEnded');
    const output = JSON.parse(readFileSync(request.outputFile, 'utf8'));
    return output.cells.map(({ outputs }: { outputs: object[] }) => outputs);
  }

  test('runs types, generics, enums and await, and tells the line that failed', async () => {
    const [, typed, enumerated, waited, again, wrong, thrown] = await run([
      ['interface Rate { year: number }\nconst rate: Rate = { year };\nrate.year + 1'],
      ['enum Level { Low, High = 5 }\nLevel[Level.High]'],
      ['const same = async <T,>(x: T): Promise<T> => x;\nawait same<number>(rate.year)'],
      ['const rate: Rate = { year: 1 };\nrate'],
      ['const a = 1;\nconst b: = 2;', 'raises-exception'],
      [
        'type Never = {\n  a: string;\n};\nfunction f(x: Never): void {\n  throw new RangeError(x.a);\n}\nf({ a: "meant" });',
        'raises-exception',
      ],
    ]);
    const shown = (text: string) => [{ data: { 'text/plain': [text] } }];
    expect(typed).toMatchObject(shown('2027'));
    expect(enumerated).toMatchObject(shown("'High'"));
    expect(waited).toMatchObject(shown('2026'));
    expect(again).toMatchObject(shown('{ year: 1 }'));
    expect(wrong).toMatchObject([{ ename: 'SyntaxError' }]);
    expect(wrong[0].traceback[0]).toBe('cell:2');
    expect(thrown).toMatchObject([{ ename: 'RangeError', evalue: 'meant' }]);
    expect(thrown[0].traceback.join('\n')).toMatch(/at f \(cell:5:/);
  });
});
