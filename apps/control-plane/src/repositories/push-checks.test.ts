import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../http/testing/running-console.ts';
import { type GitClient, openGitClient } from './testing/git-client.ts';

let running: RunningConsole;
let client: GitClient;
let token: string;
let nameCount = 0;

beforeAll(async () => {
  running = await runConsole();
  client = await openGitClient(running);
  token = await client.token('alice');
});
afterAll(async () => {
  await client.close();
  await running.close();
});

const events = (name: string) =>
  running.logged
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event }) => event === name);

/** A repository with one commit on `main`, and a clone of it. */
async function freshRepository(): Promise<{ name: string; url: string; work: string }> {
  nameCount += 1;
  const name = `checked-${nameCount}`;
  const work = `work-${nameCount}`;
  await client.create('alice', { name });
  const url = client.url(name, 'alice', token);
  await client.commit(work, { 'a.txt': `${nameCount}\n` });
  const pushed = await client.push(work, url, 'main');
  if (pushed.code !== 0) throw new Error(pushed.output);
  return { name, url, work };
}

async function change(name: string, values: object): Promise<void> {
  const browser = await running.browserOf('alice');
  const options = { method: 'PATCH', body: JSON.stringify(values) };
  expect((await browser.send(`/api/repositories/${name}`, options)).status).toBe(200);
}

/** The names in a repository's own folder of objects, without what belongs there. */
async function leftovers(name: string): Promise<string[]> {
  const row = await running.state
    .selectFrom('repositories')
    .select('repository_id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  const folder = join(running.repositories.dataFolder, 'repositories/files', row.repository_id);
  const found = await readdir(folder, { recursive: true });
  return found.filter((each) => /tmp_|\.lock$/.test(each));
}

describe('a push', () => {
  it('neither rewrites nor deletes a protected branch, and rewrites another', async () => {
    const { name, url, work } = await freshRepository();
    await client.git(['-C', work, 'commit', '-q', '--amend', '--allow-empty', '-m', 'other']);
    const forced = await client.push(work, url, '--force', 'main');
    expect(forced.output).toMatch(/remote: The branch "main" is protected/);
    expect(forced.output).toContain('pre-receive hook declined');
    expect((await client.push(work, url, ':main')).output).toContain('nobody deletes it');
    expect(events('repository-push-refused').at(-1)).toMatchObject({
      ...{ target: name, refs: ['refs/heads/main'], reasons: ['ProtectedBranch'] },
    });
    await change(name, { protectedBranches: [] });
    expect((await client.push(work, url, '--force', 'main')).code).toBe(0);
    // The default branch stays, protected or not.
    expect((await client.push(work, url, ':main')).code).not.toBe(0);
    expect((await client.push(work, url, 'main:refs/heads/next')).code).toBe(0);
    expect((await client.push(work, url, ':next')).code).toBe(0);
  });

  it('makes no ref that is no branch, tag or note', async () => {
    const { url, work } = await freshRepository();
    const id = (await client.git(['-C', work, 'rev-parse', 'HEAD'])).output.trim();
    const refs = ['refs/replace/x', 'refs/pull/1/head', 'refs/heads/-x', 'refs/hidden'];
    const refused = await client.push(work, url, ...refs.map((ref) => `${id}:${ref}`));
    expect(refused.code).not.toBe(0);
    for (const ref of refs) expect(refused.output).toContain(`"${ref}" cannot be pushed`);
    expect((await client.git(['ls-remote', url])).output.trim().split('\n')).toHaveLength(2);
  });

  it('with a secret in any of its commits is stopped, and told where it is', async () => {
    const { name, url, work } = await freshRepository();
    const secret = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`;
    const commit = await client.commit(work, { 'src/settings.py': `x = 1\ntoken = "${secret}"\n` });
    await client.commit(work, { 'src/settings.py': 'x = 1\n' }, 'taken out again');
    const refused = await client.push(work, url, 'main');
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain(
      `remote: ${commit.slice(0, 10)} src/settings.py, line 2: a token`,
    );
    expect(refused.output).not.toContain(secret);
    expect(running.logged.join('')).not.toContain(secret);
    expect(events('repository-push-refused').at(-1)).toMatchObject({
      ...{ target: name, reasons: ['ContentBlocked'], rules: ['token'] },
    });
    expect((await client.git(['ls-remote', url])).output).not.toContain(commit);
    expect(await leftovers(name)).toEqual([]);
  });

  it('with a registration number in a notebook is stopped, and its cell told', async () => {
    const { url, work } = await freshRepository();
    const cell = (source: string) => ({
      cell_type: 'code',
      id: 'a',
      metadata: {},
      source,
      outputs: [],
      execution_count: null,
    });
    const cells = [cell('x = 1'), cell('# 주민등록번호\nnumber = "900101-1234568"')];
    const notebook = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
    await client.commit(work, { 'people.ipynb': notebook });
    const refused = await client.push(work, url, 'main');
    expect(refused.output).toMatch(/people\.ipynb, cell 2, line 2: a resident registration number/);
    expect(refused.code).not.toBe(0);
  });

  it('with what is only warned of goes on, and says so', async () => {
    const { url, work } = await freshRepository();
    await client.commit(work, { 'contact.txt': 'write to hong.gildong@bank.co.kr\n' });
    const pushed = await client.push(work, url, 'main');
    expect(pushed.code).toBe(0);
    expect(pushed.output).toMatch(/remote: .*contact\.txt, line 1: an e-mail address/);
  });

  it('of somebody who reads Korean is answered in Korean', async () => {
    const { url, work } = await freshRepository();
    await running.state.updateTable('people').set({ language: 'ko' }).execute();
    const refused = await client.push(work, url, ':main');
    await running.state.updateTable('people').set({ language: 'en' }).execute();
    expect(refused.output).toContain('보호되어 있어');
  });

  it('that is too large is stopped, and a file that is so only once it is unpacked', async () => {
    const { name, url, work } = await freshRepository();
    const mebibyte = 1024 ** 2;
    running.repositories.limits.maximumPushBytes = 4 * mebibyte;
    await client.commit(work, { zeros: Buffer.alloc(10 * mebibyte) });
    const unpacked = await client.push(work, url, 'main');
    expect(unpacked.code).not.toBe(0);
    expect(unpacked.output).toMatch(/zeros has 10 MB/);
    await client.git(['-C', work, 'reset', '-q', '--hard', 'HEAD^']);
    await client.commit(work, { noise: randomBytes(5 * mebibyte) });
    const large = await client.push(work, url, 'main');
    expect(large.code).not.toBe(0);
    expect(large.output).toMatch(/remote: .*exceeds maximum allowed size/);
    delete running.repositories.limits.maximumPushBytes;
    expect(await leftovers(name)).toEqual([]);
    expect((await client.push(work, url, 'main')).code).toBe(0);
  });

  it('loses to another one that came first, and nothing of the first is lost', async () => {
    const { name, url, work } = await freshRepository();
    await client.git(['clone', '-q', url, `${work}-second`]);
    const works = [work, `${work}-second`];
    const commits = await Promise.all(
      works.map((each, index) => client.commit(each, { [`${index}`]: 'x' })),
    );
    const before = events('repository-pushed').length;
    const results = await Promise.all(works.map((each) => client.push(each, url, 'main')));
    expect(results.map(({ code }) => code === 0).sort()).toEqual([false, true]);
    const winner = commits[results.findIndex(({ code }) => code === 0)] ?? '';
    expect((await client.git(['ls-remote', url, 'main'])).output).toContain(winner);
    expect(events('repository-pushed').slice(before)).toMatchObject([{ new: winner }]);
    expect(await leftovers(name)).toEqual([]);
  });

  it('that is cut in the middle leaves nothing, and the repository whole', async () => {
    const { name, url, work } = await freshRepository();
    const tip = (await client.git(['-C', work, 'rev-parse', 'HEAD'])).output.trim();
    const commit = await client.commit(work, { noise: randomBytes(4 * 1024 ** 2) });
    const pack = await packOf(work, tip);
    const command = `${tip} ${commit} refs/heads/main\0 report-status`;
    const line = `${(command.length + 4).toString(16).padStart(4, '0')}${command}0000`;
    const whole = Buffer.concat([Buffer.from(line), pack]);
    const process = running.repositories.processes;
    const ended = new Promise<void>((resolve) => {
      process.on('ended', ({ mode }) => mode === 'read-write' && resolve());
    });
    const socket = connect(Number(client.base.split(':')[1]), '127.0.0.1');
    socket.on('error', () => undefined);
    const authorization = Buffer.from(`alice:${token}`).toString('base64');
    socket.write(
      `POST /v1/repos/${name}/git-receive-pack HTTP/1.1\r\nHost: ${client.host}\r\nAuthorization: Basic ${authorization}\r\nContent-Type: application/x-git-receive-pack-request\r\nContent-Length: ${whole.length}\r\n\r\n`,
    );
    socket.write(whole.subarray(0, whole.length / 2), () => socket.destroy());
    await ended;
    expect((await client.git(['ls-remote', url, 'main'])).output).toContain(tip);
    expect(await leftovers(name)).toEqual([]);
    expect((await client.push(work, url, 'main')).code).toBe(0);
  });

  it('that cannot be recorded does not happen', async () => {
    const { url, work } = await freshRepository();
    const commit = await client.commit(work, { 'b.txt': 'b' });
    const { append } = running.trail;
    running.trail.append = () => Promise.reject(new Error('No space is left'));
    const refused = await client.push(work, url, 'main');
    running.trail.append = append;
    expect(refused.code).not.toBe(0);
    expect((await client.git(['ls-remote', url, 'main'])).output).not.toContain(commit);
    expect((await client.push(work, url, 'main')).code).toBe(0);
  });
});

function packOf(work: string, tip: string): Promise<Buffer> {
  const child = spawn('git', ['-C', client.path(work), 'pack-objects', '--revs', '--stdout', '-q']);
  child.stdin.end(`HEAD\n^${tip}\n`);
  return buffer(child.stdout);
}
