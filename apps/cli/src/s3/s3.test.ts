import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import S3rver from 's3rver';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerS3Commands, usageStatus } from './register-s3-commands.ts';
import type { Surroundings } from './surroundings.ts';

let directory: string;
let server: Server;
let endpoint: string;
let seenKeys: (string | undefined)[];
let folder: string;
let bucket: string;
let count = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 's3-cli-'));
  const s3rver = new S3rver({ silent: true, directory, vhostBuckets: false, configureBuckets: [] });
  const answer = s3rver.callback();
  server = createServer((request, response) => {
    const key = request.headers['x-amz-server-side-encryption-aws-kms-key-id'];
    if (request.method === 'PUT') seenKeys.push(key?.toString());
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER');
  vi.stubEnv('AWS_REGION', 'us-east-1');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-cli-files-'));
  count += 1;
  bucket = `bucket-${count}`;
  await mkdir(join(directory, bucket));
  seenKeys = [];
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

interface Ran {
  readonly status: number;
  readonly lines: string[];
  readonly errors: string;
}

async function run(words: string[], changed: Partial<Surroundings> = {}): Promise<Ran> {
  const lines: string[] = [];
  let status = 0;
  let errors = '';
  let clock = 0;
  const write = (text: string): void => {
    errors += text;
  };
  const surroundings: Surroundings = {
    environment: { XDG_CACHE_HOME: join(folder, '.cache'), AWS_REGION: 'us-east-1' },
    errors: { isTerminal: false, columns: 80, write },
    ask: undefined,
    askHidden: undefined,
    // Every look at the clock is ten seconds later, so that no progress is held back.
    now: () => {
      clock += 10_000;
      return clock;
    },
    onInterrupt: () => () => undefined,
    ...changed,
  };
  const program = new Command('strongroom').configureOutput({ writeErr: write, writeOut: write });
  const terminal = { print: (line: string) => void lines.push(line), hasColors: false };
  registerS3Commands(
    program,
    terminal,
    (finished) => {
      status = finished;
    },
    surroundings,
  );
  try {
    const [command = '', ...rest] = words;
    await program.parseAsync(['node', 'strongroom', 's3', command, ...rest]);
  } catch (error) {
    const refused = usageStatus(error);
    if (refused === undefined) throw error;
    status = refused;
  }
  return { status, lines, errors };
}

const at = (...words: string[]): string[] => [...words, '--endpoint-url', endpoint];

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

async function keys(): Promise<string[]> {
  const { lines } = await run(at('ls', '--recursive', `s3://${bucket}`));
  return lines.map((line) => line.split('  ').at(-1) ?? '');
}

describe('strongroom s3', () => {
  it('lists buckets, one level, and all below', async () => {
    await write({ 'a.txt': '12345', 'sub/b.txt': '' });
    await run(at('cp', '--recursive', folder, `s3://${bucket}/data`));
    const buckets = await run(at('ls'));
    expect(buckets.lines.some((line) => line.endsWith(`  ${bucket}`))).toBe(true);
    const level = await run(at('ls', `s3://${bucket}/data/`));
    expect(level.lines.map((line) => line.trim().split(/ {2,}/).slice(-2))).toEqual([
      ['5', 'a.txt'],
      ['PRE', 'sub/'],
    ]);
    expect(await keys()).toEqual(['data/a.txt', 'data/sub/b.txt']);
    expect((await run(at('ls', `s3://${bucket}/none`))).status).toBe(1);
    expect((await run(at('ls', 's3://missing-bucket'))).errors).toContain('missing-bucket');
  });

  it('copies a file there and back, under the key that was named', async () => {
    await write({ 'a.txt': 'Hello' });
    const path = join(folder, 'a.txt');
    const up = await run(
      at('cp', path, `s3://${bucket}/in/`, '--sse-kms-key-id', 'alias/research'),
    );
    expect(up).toMatchObject({
      status: 0,
      lines: [`upload ${path} to s3://${bucket}/in/a.txt`],
    });
    expect(seenKeys).toEqual(['alias/research']);
    await run(at('cp', `s3://${bucket}/in/a.txt`, `s3://${bucket}/other`));
    const back = join(folder, 'back');
    expect((await run(at('cp', `s3://${bucket}/other`, back))).status).toBe(0);
    expect(await readFile(back, 'utf8')).toBe('Hello');
    await mkdir(join(folder, 'into'));
    await run(at('cp', `s3://${bucket}/other`, join(folder, 'into')));
    expect(await readdir(join(folder, 'into'))).toEqual(['other']);
  });

  it('synchronises: what differs, deletes what is extraneous, and only tells in a dry run', async () => {
    await write({ 'src/a.csv': 'A', 'src/b.txt': 'B', 'src/tmp/c.csv': 'C' });
    await symlink('/etc/hostname', join(folder, 'src/link.csv'));
    const source = join(folder, 'src');
    const target = `s3://${bucket}/data`;
    const globs = ['--include', '*.csv', '--exclude', 'tmp/'];
    const dry = await run(at('sync', source, target, '--dryrun', ...globs));
    expect(dry.lines).toEqual(['(dry run) upload a.csv']);
    expect(await keys()).toEqual([]);
    const real = await run(at('sync', source, target, ...globs));
    expect(real.lines).toEqual(['upload a.csv']);
    expect(real.errors).toContain('left alone: link.csv (link-out-of-folder)');
    expect(real.errors).toContain('1 of 1 file  1 B of 1 B');
    await run(at('cp', join(folder, 'src/b.txt'), `${target}/old`));
    const mirrored = await run(at('sync', target, join(folder, 'back'), '--delete'));
    expect(mirrored.lines.sort()).toEqual(['download a.csv', 'download old']);
    const copied = await run(at('sync', target, `s3://${bucket}/copy`));
    expect(copied.lines.sort()).toEqual(['copy a.csv', 'copy old']);
    const again = await run(at('sync', source, target, '--delete', '--checksum', ...globs));
    expect(again.lines).toEqual([]);
    const all = await run(at('sync', source, target, '--delete', '--checksum'));
    expect(all.lines.sort()).toEqual(['delete old', 'upload b.txt', 'upload tmp/c.csv']);
  });

  it('deletes one, and many only after a person has agreed', async () => {
    await write({ a: 'A', 'd/b': 'B', 'd/c': 'C' });
    await run(at('cp', '--recursive', folder, `s3://${bucket}/x`, '--exclude', '.cache/'));
    expect((await run(at('rm', `s3://${bucket}/x/a`))).lines).toEqual([
      `delete s3://${bucket}/x/a`,
    ]);
    const words = at('rm', '--recursive', `s3://${bucket}/x`);
    expect((await run(words)).status).toBe(2);
    const asked: string[] = [];
    const answer = (text: string) => ({
      ask: async (question: string) => {
        asked.push(question);
        return text;
      },
    });
    expect((await run(words, answer('y'))).status).toBe(1);
    expect(await keys()).toEqual(['x/d/b', 'x/d/c']);
    expect((await run([...words, '--dryrun'])).lines).toHaveLength(2);
    expect((await run(words, answer('yes'))).lines).toEqual(['delete d/b', 'delete d/c']);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain(`s3://${bucket}/x`);
  });

  it('presigns for reading and for writing', async () => {
    const put = await run(at('presign', '--put', `s3://${bucket}/sent`, '--expires-in', '60'));
    const [url = '', ...headers] = put.lines;
    expect(headers).toEqual(['x-amz-server-side-encryption: aws:kms']);
    const sent = await fetch(url, {
      method: 'PUT',
      headers: { 'x-amz-server-side-encryption': 'aws:kms' },
      body: 'Hello',
    });
    expect(sent.status).toBe(200);
    const get = await run(at('presign', `s3://${bucket}/sent`));
    expect(await (await fetch(get.lines[0] ?? '')).text()).toBe('Hello');
  });

  it('draws a bar where standard error is a terminal, and takes it away', async () => {
    await write({ 'a.txt': 'Hello' });
    let written = '';
    const errors = {
      isTerminal: true,
      columns: 60,
      write: (text: string) => {
        written += text;
      },
    };
    await run(at('cp', join(folder, 'a.txt'), `s3://${bucket}/a`), { errors });
    expect(written).toContain('█'.repeat(24));
    expect(written.endsWith('\r\u001b[K')).toBe(true);
  });

  it('prints no control character that a key has', async () => {
    const name = `evil\u001b[2Jname`;
    await write({ [name]: 'x' });
    const { lines } = await run(at('cp', join(folder, name), `s3://${bucket}/`));
    expect(lines[0]).toContain('evil\ufffd[2Jname');
    const { lines: dry } = await run(
      at('sync', folder, `s3://${bucket}/d`, '--dryrun', '--include', 'evil*'),
    );
    expect(dry).toEqual(['(dry run) upload evil\ufffd[2Jname']);
  });

  it('trusts the certificates that it is given and no other', async () => {
    const certificate = join(folder, 'certificate.pem');
    const key = join(folder, 'key.pem');
    const words = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
    ];
    const names = ['-subj', '/CN=s3', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', [...words, ...names, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    const [listener] = server.listeners('request') as [RequestListener];
    const pair = { cert: await readFile(certificate), key: await readFile(key) };
    const secure = createSecureServer(pair, listener);
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const address = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
    const list = ['ls', `s3://${bucket}`, '--endpoint-url', address];
    expect((await run(list)).status).toBe(1);
    expect((await run([...list, '--ca-bundle', certificate])).status).toBe(0);
    secure.closeAllConnections();
    await new Promise((resolve) => secure.close(resolve));
  });

  it('fails with 1 where the service refuses, and tells each file', async () => {
    await write({ 'a.txt': 'A' });
    const uploading = await run(at('cp', join(folder, 'a.txt'), 's3://missing-bucket/a'));
    expect(uploading.status).toBe(1);
    expect(uploading.errors).toMatch(/^Cannot upload/m);
    const name = createHash('sha256').update('none').digest('hex');
    expect((await run(at('cp', `s3://${bucket}/${name}`, folder))).status).toBe(1);
  });

  const wrong: string[][] = [
    ['ls', 'no-address'],
    ['cp', 'a', 'b'],
    ['cp', 'a', 's3://'],
    ['cp', 's3://bucket', 'file'],
    ['cp', 'a', 's3://bucket/a', '--include', '*.csv'],
    ['cp', 'a'],
    ['sync', 'a', 's3://bucket', '--unknown'],
    ['rm', 's3://bucket'],
    ['presign', 's3://bucket/a', '--expires-in', 'soon'],
    ['presign', 's3://bucket/a', '--expires-in', '604801'],
    ['ls', '--endpoint-url', 'ftp://x'],
    ['ls', '--ca-bundle', '/nonexistent'],
  ];
  it.each(wrong.map((words) => ({ words })))(
    'refuses $words as written wrongly',
    async ({ words }) => {
      const { status, errors } = await run(words);
      expect(status).toBe(2);
      expect(errors).not.toBe('');
    },
  );
});
