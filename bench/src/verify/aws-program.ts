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

export interface AwsRun {
  /** Of the processor, so that what else the machine does counts for nothing. */
  readonly cpuSeconds: number;
}

/** `strongroom aws …`, as a process like everybody's; what it says on the way is not looked at. */
export async function runAws(options: readonly string[]): Promise<AwsRun> {
  const timed = 'TIMEFORMAT="%U %S"; time "$@"';
  const command = ['-c', timed, 'bash', process.execPath, program, ...options];
  // Its exit code says what it found, which is looked at in what it wrote.
  const { stderr } = await run('bash', command, { maxBuffer: outputBytes }).catch(
    (error: { stderr?: unknown }) => {
      if (typeof error.stderr !== 'string') throw error;
      return { stderr: error.stderr };
    },
  );
  const [user, system] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { cpuSeconds: (user ?? Number.NaN) + (system ?? Number.NaN) };
}

export interface Synthesized extends AwsRun {
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
  const { cpuSeconds } = await runAws(['synth', '--file', file, '--out', out]);
  const files = (await readdir(out)).filter((each) => each.endsWith('.template.json')).sort();
  const templates = await Promise.all(
    files.map(async (each) => [each, JSON.parse(await readFile(join(out, each), 'utf8'))] as const),
  );
  return { folder: out, templates: Object.fromEntries(templates), cpuSeconds };
}
