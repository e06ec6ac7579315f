import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultDomainFile } from '@strongroom/domain';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openState } from './state/database.ts';

/** Within the app, so that its native packages are found. */
const buildFolder = join(import.meta.dirname, '../node_modules/.test-build');
const program = join(buildFolder, 'main.js');
let folder: string;

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'main.ts')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['@node-rs/argon2', 'libsql'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
});
afterAll(() => rm(buildFolder, { recursive: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-main-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function start(variables: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: { PATH: process.env.PATH, STRONGROOM_PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdout.resume();
  const [exitCode] = await once(child, 'close');
  return { exitCode, errors };
}

describe('a start that cannot be', () => {
  it('names the variable of the environment', async () => {
    const { exitCode, errors } = await start({ STRONGROOM_PORT: 'eighty' });
    expect(exitCode).toBe(1);
    expect(errors).toMatch(/^Cannot use STRONGROOM_PORT="eighty": .*\n$/);
  });

  it('tells what is wrong with the domain file and nothing else', async () => {
    const broken = defaultDomainFile.replace('port: 8080', 'port: none');
    await writeFile(join(folder, 'strongroom.yaml'), broken);
    const { exitCode, errors } = await start();
    expect(exitCode).toBe(1);
    expect(errors).toMatch(/^strongroom\.yaml:18:11: cannot use "none" for server.listen.port/);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });

  it('says that another process has the data folder', async () => {
    await writeFile(join(folder, 'strongroom.yaml'), defaultDomainFile);
    await mkdir(join(folder, 'data'), { mode: 0o755 });
    const state = await openState(join(folder, 'data/state.sqlite'));
    const { exitCode, errors } = await start();
    await state.destroy();
    expect(exitCode).toBe(1);
    expect(errors).toContain('another Strongroom is using this data folder');
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
  });

  it('says that the domain file can be neither read nor written', async () => {
    const path = join(folder, 'missing/strongroom.yaml');
    const { exitCode, errors } = await start({ STRONGROOM_DOMAIN_FILE: path });
    expect(exitCode).toBe(1);
    expect(errors).toMatch(new RegExp(`^Cannot use the domain file "${path}": .*\\n$`));
  });

  it('says that the data folder is no folder', async () => {
    await writeFile(join(folder, 'data'), '');
    const { exitCode, errors } = await start();
    expect(exitCode).toBe(1);
    expect(errors).toContain('Cannot use the data folder');
    expect(await readFile(join(folder, 'strongroom.yaml'), 'utf8')).toBe(defaultDomainFile);
  });
});
