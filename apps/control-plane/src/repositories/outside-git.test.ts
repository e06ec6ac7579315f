import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { ProfileName } from '@strongroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../http/testing/running-console.ts';
import { type GitClient, openGitClient } from './testing/git-client.ts';

let running: RunningConsole;
let client: GitClient;
let token: string;

beforeAll(async () => {
  running = await runConsole();
  client = await openGitClient(running);
  token = await client.token('alice');
  await client.create('alice', { name: 'models' });
  await client.commit('work', { 'a.txt': 'hello\n' });
});
afterAll(async () => {
  await client.close();
  await running.close();
});

const own = () => client.url('models', 'alice', token);
const events = (name: string) =>
  running.logged
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event }) => event === name);

describe('a repository, from outside', () => {
  it('is pushed to and cloned with a token, and both are in the audit trail', async () => {
    const commit = await client.commit('work');
    expect(await client.push('work', own(), 'main')).toMatchObject({ code: 0 });
    expect(await client.git(['clone', '-q', own(), 'copy'])).toMatchObject({ code: 0 });
    expect(events('repository-pushed')).toMatchObject([
      {
        profileName: 'alice',
        target: 'models',
        from: 'outside',
        ref: 'refs/heads/main',
        new: commit,
      },
    ]);
    expect(events('repository-pulled')).toMatchObject([{ target: 'models', from: 'outside' }]);
    const listed = await (await running.browserOf('alice')).send('/api/repositories');
    const [summary] = listed.json.repositories;
    expect(summary).toMatchObject({ may: { pull: true, push: true, manage: true } });
    expect(summary.pushedAt).not.toBeNull();
    expect(summary.sizeBytes).toBeGreaterThan(0);
  });

  it('is fetched from by every version of the protocol, in part and shallow', async () => {
    for (const version of ['0', '1', '2']) {
      const words = ['-c', `protocol.version=${version}`, 'clone', '-q', '--no-local'];
      const filter = version === '2' ? ['--filter=blob:none'] : [];
      const partial = [...words, ...filter, '--depth=1', own(), `partial-${version}`];
      expect(await client.git(partial)).toMatchObject({ code: 0 });
    }
    // Enough to ask for that Git compresses its question.
    const many = Array.from({ length: 80 }, (_, index) => `refs/heads/b-${index}`);
    const pushed = await client.push('work', own(), ...many.map((ref) => `HEAD:${ref}`));
    expect(pushed.code).toBe(0);
    for (let index = 0; index < 20; index += 1) await client.commit('copy', {}, `${index}`);
    expect((await client.git(['-C', 'copy', 'fetch', '-q'])).code).toBe(0);
    const gone = many.slice(1).map((ref) => `:${ref}`);
    expect((await client.push('work', own(), ...gone)).code).toBe(0);
  });

  it('is read as it is when it is asked, also by Git that was made ready before', async () => {
    const credentials = Buffer.from(`alice:${token}`).toString('base64');
    const headers = [`Authorization: Basic ${credentials}`, 'Git-Protocol: version=2'];
    const path = '/v1/repos/models';
    const ready = once(running.repositories.processes, 'started');
    const offered = await client.request(`${path}/info/refs?service=git-upload-pack`, { headers });
    expect(offered.text).toContain('version 2');
    await ready;
    const commit = await client.commit('work');
    expect((await client.push('work', own(), 'main')).code).toBe(0);
    const type = 'Content-Type: application/x-git-upload-pack-request';
    const answer = await client.request(`${path}/git-upload-pack`, {
      ...{ method: 'POST', headers: [...headers, type] },
      body: '0014command=ls-refs\n00010000',
    });
    expect(answer.text).toContain(`${commit} refs/heads/main`);
  });

  it('asks who does not sign in, and takes no cookie for it', async () => {
    const target = '/v1/repos/models/info/refs?service=git-upload-pack';
    const { cookie } = await running.browserOf('alice');
    for (const headers of [[], [`Cookie: ${cookie}`], ['Authorization: Bearer x']]) {
      const { status, text } = await client.request(target, { headers });
      expect([status, text]).toEqual([
        401,
        expect.stringMatching(/www-authenticate: basic realm=/i),
      ]);
    }
  });

  it('is refused by the policies to whoever has no grant, and pushes to who may read', async () => {
    const bobs = client.url('models', 'bob', await client.token('bob'));
    const refused = await client.git(['clone', bobs, 'none']);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('AccessDenied');
    const change = { access: [{ to: { profileName: 'bob' }, permission: 'read' }] };
    const browser = await running.browserOf('alice');
    const body = JSON.stringify(change);
    const options = { method: 'PATCH', body };
    expect((await browser.send('/api/repositories/models', options)).status).toBe(200);
    expect((await client.git(['clone', '-q', bobs, 'bobs'])).code).toBe(0);
    await client.commit('bobs', { 'b.txt': 'b' });
    expect((await client.push('bobs', bobs, 'main')).output).toContain('403');
    expect(events('repository-refused').map(({ action }) => action)).toEqual([
      'codecommit:GitPull',
      'codecommit:GitPush',
    ]);
  });

  it('is written to with no token for reading, and its owner may read with it', async () => {
    const reading = client.url('models', 'alice', await client.token('alice', 'read'));
    expect((await client.git(['ls-remote', reading])).code).toBe(0);
    const refused = await client.push('work', reading, 'main:other');
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('403');
  });

  it.each([
    ['another address', 'GET', '/v1/repos/models/config', 404],
    [
      'a path that leaves',
      'GET',
      '/v1/repos/models/../models/info/refs?service=git-upload-pack',
      404,
    ],
    ['an encoded path', 'GET', '/v1/repos/%2e%2e/info/refs?service=git-upload-pack', 404],
    ['a name that is none', 'GET', '/v1/repos/.git/info/refs?service=git-upload-pack', 404],
    [
      'a repository that is not there',
      'GET',
      '/v1/repos/none/info/refs?service=git-upload-pack',
      404,
    ],
    ['the dumb protocol', 'GET', '/v1/repos/models/info/refs', 403],
    ['an object', 'GET', '/v1/repos/models/objects/info/packs', 403],
    ['the branch it is on', 'GET', '/v1/repos/models/HEAD', 403],
    ['another service', 'GET', '/v1/repos/models/info/refs?service=git-upload-archive', 403],
    ['a read by another method', 'GET', '/v1/repos/models/git-upload-pack', 405],
    ['a deletion', 'DELETE', '/v1/repos/models/git-receive-pack', 405],
    [
      'large files that it lacks',
      'GET',
      `/v1/repos/models/info/lfs/objects/${'0'.repeat(64)}`,
      404,
    ],
  ])('answers %s', async (_, method, target, status) => {
    const credentials = Buffer.from(`alice:${token}`).toString('base64');
    const headers = [`Authorization: Basic ${credentials}`];
    expect((await client.request(target, { method, headers })).status).toBe(status);
  });

  it('is reached with no token that has expired, was ended, or is of somebody disabled', async () => {
    const isLetIn = async (name: string, secret: string) =>
      (await client.git(['ls-remote', client.url('models', name, secret)])).code === 0;
    expect(await isLetIn('bob', token)).toBe(false);
    const carol = await running.browserOf('bob');
    const ended = await client.token('bob');
    expect(await isLetIn('bob', ended)).toBe(true);
    const { json } = await carol.send('/api/personal-tokens');
    const { tokenId, lastUsedAt } = json.tokens.find(({ hint }: { hint: string }) =>
      ended.startsWith(hint),
    );
    expect(lastUsedAt).not.toBeNull();
    const path = `/api/personal-tokens/${tokenId}`;
    const others = await (await running.browserOf('alice')).send(path, { method: 'DELETE' });
    expect([others.status, others.json.error.code]).toEqual([404, 'TokenNotFound']);
    expect((await carol.send(path, { method: 'DELETE' })).status).toBe(204);
    expect(await isLetIn('bob', ended)).toBe(false);
    const bobs = await client.token('bob');
    const { administration } = running.identity;
    await administration.setDisabled('bob' as ProfileName, true);
    expect(await isLetIn('bob', bobs)).toBe(false);
    await administration.setDisabled('bob' as ProfileName, false);
    expect(await isLetIn('bob', bobs)).toBe(false);
    const { now } = running.time;
    running.advanceMinutes(31 * 24 * 60);
    expect(await isLetIn('alice', token)).toBe(false);
    running.time.now = now;
    expect(await isLetIn('alice', token)).toBe(true);
  });

  it('is cut off in the middle where the right to it ends', async () => {
    await client.create('alice', {
      name: 'large',
      access: [{ to: 'everyone', permission: 'read' }],
    });
    const noise = { noise: randomBytes(24 * 1024 ** 2) };
    await client.commit('large', noise);
    const url = client.url('large', 'alice', token);
    expect((await client.push('large', url, 'main')).code).toBe(0);
    const tip = (await client.git(['-C', 'large', 'rev-parse', 'HEAD'])).output.trim();
    const credentials = Buffer.from(`bob:${await client.token('bob')}`).toString('base64');
    // Nobody reads on, so what fits into no buffer waits.
    const asking = request({
      ...{ host: '127.0.0.1', port: client.base.split(':')[1], method: 'POST' },
      path: '/v1/repos/large/git-upload-pack',
      headers: {
        ...{ host: client.host, authorization: `Basic ${credentials}` },
        'content-type': 'application/x-git-upload-pack-request',
      },
    });
    asking.end(`0032want ${tip}\n00000009done\n`);
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.on('error', () => undefined);
    await once(answer, 'readable');
    const browser = await running.browserOf('alice');
    const body = JSON.stringify({ access: [] });
    await browser.send('/api/repositories/large', { method: 'PATCH', body });
    // Its error says that too, and is no failure here.
    const closed = new Promise((resolve) => answer.once('close', resolve));
    await running.repositories.review();
    answer.resume();
    await closed;
    expect(answer.complete).toBe(false);
  });

  it('is not guessed at for long, and who has a token is let in all the while', async () => {
    const wrong = Buffer.from('alice:srt_wrong').toString('base64');
    const headers = [`Authorization: Basic ${wrong}`];
    const target = '/v1/repos/models/info/refs?service=git-upload-pack';
    const statuses: number[] = [];
    for (let count = 0; count < 8; count += 1) {
      statuses.push((await client.request(target, { headers })).status);
    }
    expect(statuses.at(-1)).toBe(429);
    expect((await client.git(['ls-remote', own()])).code).toBe(0);
  });

  it('is gone with all that is in it when it is deleted, and a new one of its name is empty', async () => {
    await client.create('alice', { name: 'short-lived' });
    const url = client.url('short-lived', 'alice', token);
    expect((await client.push('work', url, 'main')).code).toBe(0);
    const browser = await running.browserOf('alice');
    const deletion = { method: 'DELETE' };
    expect((await browser.send('/api/repositories/short-lived', deletion)).status).toBe(204);
    expect((await client.git(['ls-remote', url])).code).not.toBe(0);
    await client.create('alice', { name: 'short-lived' });
    expect((await client.git(['ls-remote', url])).output).toBe('');
  });
});

describe('personal tokens', () => {
  it('are at most fifty of one person', async () => {
    const browser = await running.browserOf('admin');
    const body = JSON.stringify({ name: 'one more', permission: 'read', lifetimeDays: 1 });
    const statuses: number[] = [];
    for (let count = 0; count <= 50; count += 1) {
      const { status } = await browser.send('/api/personal-tokens', { method: 'POST', body });
      statuses.push(status);
    }
    expect(statuses.slice(0, 50).every((status) => status === 201)).toBe(true);
    expect(statuses[50]).toBe(409);
  });

  it('are in no log, and only as hashes in the state', async () => {
    const rows = await running.state.selectFrom('personal_tokens').selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(running.logged.join('')).not.toContain(token);
  });
});
