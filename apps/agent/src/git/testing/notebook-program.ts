import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { notebookCommand } from '../notebook-driver.ts';

export interface BuiltNotebookProgram {
  /** As a shell reads it. */
  readonly command: string;
  close(): void;
}

/** The program as it is shipped, in a folder whose name a shell could misread. */
export async function buildNotebookProgram(): Promise<BuiltNotebookProgram> {
  const folder = mkdtempSync(join(tmpdir(), "notebook program's $(touch canary) "));
  const program = join(folder, 'git-notebook.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../../git-notebook-main.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  return {
    command: notebookCommand(program),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A notebook with these sources, each cell with an id of its own; every one has been run. */
export function notebookOf(
  sources: Readonly<Record<string, string>>,
  output = 'an output',
): string {
  const cells = Object.entries(sources).map(([id, source]) => ({
    cell_type: 'code',
    execution_count: 1,
    id,
    metadata: {},
    outputs: output === '' ? [] : [{ name: 'stdout', output_type: 'stream', text: [output] }],
    source: source.split(/(?<=\n)/),
  }));
  return `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
}

export function sourcesOf(text: string): Record<string, string> {
  const { cells } = JSON.parse(text) as { cells: { id: string; source: string[] }[] };
  return Object.fromEntries(cells.map(({ id, source }) => [id, source.join('')]));
}
