import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { WrittenTemplate } from './template-set.ts';

const run = promisify(execFile);
/** As bundled, this file stands in `bench/dist`. */
const repositoryFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = join(repositoryFolder, 'apps/aws/dist/main.js');
const outputBytes = 64 * 1024 * 1024;

export const documentFile = join(repositoryFolder, 'docs/aws-verification.md');

/** `strongroom aws …`, as a process like everybody's; what it says on the way is not looked at. */
export async function runAws(options: readonly string[]): Promise<{ readonly exitCode: number }> {
  try {
    await run(process.execPath, [program, ...options], { maxBuffer: outputBytes });
    return { exitCode: 0 };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'number') throw error;
    return { exitCode: code };
  }
}

export interface Synthesized {
  readonly folder: string;
  readonly templates: Readonly<Record<string, WrittenTemplate>>;
}

export async function synthesize(
  folder: string,
  name: string,
  domainFile: string,
): Promise<Synthesized> {
  const [file, out] = [join(folder, name, 'strongroom.yaml'), join(folder, name, 'aws')];
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, domainFile);
  await runAws(['synth', '--file', file, '--out', out]);
  const files = (await readdir(out)).filter((each) => each.endsWith('.template.json')).sort();
  const templates = await Promise.all(
    files.map(async (each) => [each, JSON.parse(await readFile(join(out, each), 'utf8'))] as const),
  );
  return { folder: out, templates: Object.fromEntries(templates) };
}
