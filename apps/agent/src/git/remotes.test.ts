import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { followTask } from './testing/follow-task.ts';
import { type GitHome, startGitHome } from './testing/git-home.ts';
import { type GitServer, startGitServer } from './testing/git-server.ts';

let server: GitServer;
let alice: GitHome;
let count = 0;
let name: string;

beforeAll(async () => {
  server = await startGitServer();
});

afterAll(async () => {
  await server.close();
});

beforeEach(async () => {
  count += 1;
  name = `model-${count}`;
  server.create(name);
  alice = await startGitHome({ variables: { GIT_SSL_CAINFO: server.certificate } });
});

afterEach(async () => {
  await alice.close();
});

const clone = (git: GitHome, folder = '') =>
  followTask(git, git.ask('clone', { url: server.url(name), folder }));

async function commitFile(git: GitHome, root: string, file: string, text: string): Promise<void> {
  git.write(`${root}/${file}`, text);
  await git.ask('stage', { repository: root, files: [file] });
  await git.ask('commit', { repository: root, message: `${file} changed`, amends: false });
}

/** A repository on the server with one commit, cloned by Alice into a folder of its name. */
async function cloneWithCommit(): Promise<void> {
  await clone(alice);
  await commitFile(alice, name, 'a.txt', 'one\n');
  const pushed = await followTask(
    alice,
    alice.ask('push', { repository: name, setsUpstream: true }),
  );
  expect(pushed.code).toBe('none');
}

describe('a clone', () => {
  it('is made with progress, and pushed to and pulled from by colleagues', async () => {
    expect(await clone(alice)).toMatchObject({ code: 'none', root: name });
    await commitFile(alice, name, 'a.txt', 'one\n');
    const push = { repository: name };
    // Its branch is named in the clone, but the remote has none yet.
    expect((await alice.ask('status', push)).upstream).toBeNull();
    expect((await followTask(alice, alice.ask('push', push))).code).toBe('none');
    expect(await alice.ask('status', push)).toMatchObject({
      ...{ branch: 'main', upstream: 'origin/main', ahead: 0, behind: 0 },
      remotes: [{ name: 'origin', url: server.url(name) }],
    });
    const bob = await startGitHome({ variables: { GIT_SSL_CAINFO: server.certificate } });
    const cloned = await clone(bob, '');
    expect(cloned).toMatchObject({ code: 'none', root: name });
    expect(cloned.phases.length).toBeGreaterThan(0);
    await commitFile(bob, name, 'b.txt', 'two\n');
    expect((await followTask(bob, bob.ask('push', push))).code).toBe('none');
    await commitFile(alice, name, 'c.txt', 'three\n');
    expect((await followTask(alice, alice.ask('push', push))).code).toBe('NotFastForward');
    expect((await followTask(alice, alice.ask('fetch', push))).code).toBe('none');
    expect(await alice.ask('status', push)).toMatchObject({ ahead: 1, behind: 1 });
    expect((await followTask(alice, alice.ask('pull', push))).code).toBe('none');
    expect(alice.read(`${name}/b.txt`)).toBe('two\n');
    expect((await followTask(alice, alice.ask('push', push))).code).toBe('none');
    expect((await followTask(bob, bob.ask('pull', push))).code).toBe('none');
    await bob.close();
  });

  it('that is pulled into where both changed the same lines has conflicts', async () => {
    await cloneWithCommit();
    const bob = await startGitHome({ variables: { GIT_SSL_CAINFO: server.certificate } });
    await clone(bob);
    await commitFile(bob, name, 'a.txt', 'of Bob\n');
    await followTask(bob, bob.ask('push', { repository: name }));
    await bob.close();
    alice.write(`${name}/a.txt`, 'not committed\n');
    const pulled = () => followTask(alice, alice.ask('pull', { repository: name }));
    expect((await pulled()).code).toBe('WouldOverwrite');
    expect(alice.read(`${name}/a.txt`)).toBe('not committed\n');
    await commitFile(alice, name, 'a.txt', 'of Alice\n');
    expect((await pulled()).code).toBe('Conflicts');
    expect(await alice.ask('status', { repository: name })).toMatchObject({
      ...{ conflicted: ['a.txt'], inProgress: 'merge' },
    });
    const { oursName, theirsName } = await alice.ask('conflict', {
      repository: name,
      file: 'a.txt',
    });
    expect([oursName, theirsName]).toEqual(['main', 'origin/main']);
    const resolution = { text: 'of both\n' };
    await alice.ask('resolve', { repository: name, file: 'a.txt', resolution });
    await alice.ask('continue-merge', { repository: name });
    expect((await followTask(alice, alice.ask('push', { repository: name }))).code).toBe('none');
    expect(server.git(name, 'show', 'main:a.txt')).toBe('of both');
  });

  it('never goes into a folder that is there, and leaves none behind when it fails', async () => {
    alice.write(`${name}/mine.txt`, 'mine');
    const request = { url: server.url(name), folder: '' };
    expect(await alice.refusal('clone', request)).toBe('FolderExists');
    server.refusals.set(`/missing.git/info/refs`, 404);
    const missing = alice.ask('clone', { url: server.url('missing'), folder: '' });
    expect((await followTask(alice, missing)).code).toBe('RemoteRefused');
    expect(readdirSync(alice.home).sort()).toEqual(['.gitconfig', name]);
    expect(alice.read(`${name}/mine.txt`)).toBe('mine');
  });

  it('is cancelled at once, with what it has made', async () => {
    server.refusals.set('/slow.git/info/refs', 'hang');
    const hanging = server.hanging();
    const { task } = await alice.ask('clone', { url: server.url('slow'), folder: '' });
    await hanging;
    expect(existsSync(join(alice.home, 'slow'))).toBe(true);
    await alice.ask('cancel', { task });
    expect(await alice.ask('progress', { task, seen: 0 })).toMatchObject({
      ...{ state: 'failed', error: { code: 'Cancelled' } },
    });
    expect(existsSync(join(alice.home, 'slow'))).toBe(false);
  });

  it('is one of four at most', async () => {
    server.refusals.set('/slow.git/info/refs', 'hang');
    const tasks: string[] = [];
    for (const folder of ['1', '2', '3', '4']) {
      const request = { url: server.url('slow'), folder: '', name: folder };
      tasks.push((await alice.ask('clone', request)).task);
    }
    const fifth = { url: server.url('slow'), folder: '', name: '5' };
    expect(await alice.refusal('clone', fifth)).toBe('Unavailable');
    expect(existsSync(join(alice.home, '5'))).toBe(false);
    for (const task of tasks) await alice.ask('cancel', { task });
    expect((await clone(alice)).code).toBe('none');
  });
});

describe('a remote', () => {
  it('that cannot be reached, asks for a password or refuses is told by its code', async () => {
    await cloneWithCommit();
    const fetched = () => followTask(alice, alice.ask('fetch', { repository: name }));
    const cases = [
      [401, 'AuthenticationFailed'],
      [403, 'RemoteRefused'],
      [404, 'RemoteRefused'],
      [503, 'RemoteUnreachable'],
    ] as const;
    for (const [status, code] of cases) {
      server.refusals.set(`/${name}.git/info/refs`, status);
      expect([status, (await fetched()).code]).toEqual([status, code]);
    }
    alice.git(name, 'remote', 'set-url', 'origin', 'https://localhost:1/x.git');
    expect((await fetched()).code).toBe('RemoteUnreachable');
    alice.git(name, 'remote', 'set-url', 'origin', 'https://nowhere.invalid/x.git');
    expect((await fetched()).code).toBe('RemoteUnreachable');
  });

  it('that a hook keeps from taking a push tells why', async () => {
    await cloneWithCommit();
    server.git(name, 'config', 'receive.denyDeletes', 'true');
    server.git(name, 'config', 'core.hooksPath', join(alice.home, 'hooks'));
    alice.write('hooks/pre-receive', '#!/bin/sh\necho "a key in a.txt, line 3" >&2\nexit 1\n');
    chmodSync(join(alice.home, 'hooks/pre-receive'), 0o755);
    await commitFile(alice, name, 'b.txt', 'two\n');
    const pushed = await followTask(alice, alice.ask('push', { repository: name }));
    expect(pushed.code).toBe('RemoteRefused');
    // And nothing of what git says around it.
    expect(pushed.message).toBe('a key in a.txt, line 3');
  });

  it('is needed to pull and push', async () => {
    await alice.ask('init', { folder: '' });
    await commitFile(alice, '', 'a.txt', 'one\n');
    for (const operation of ['fetch', 'pull', 'push'] as const) {
      const ended = await followTask(alice, alice.ask(operation, { repository: '' }));
      expect([operation, ended.code]).toEqual([operation, 'NoUpstream']);
    }
    alice.git('', 'remote', 'add', 'origin', server.url(name));
    expect((await followTask(alice, alice.ask('push', { repository: '' }))).code).toBe(
      'NoUpstream',
    );
    const first = alice.ask('push', { repository: '', setsUpstream: true });
    expect((await followTask(alice, first)).code).toBe('none');
    // What the person's own git knows too.
    expect(alice.git('', 'rev-parse', '--abbrev-ref', '@{upstream}')).toBe('origin/main');
    alice.git('', 'switch', '-q', '--detach');
    expect((await followTask(alice, alice.ask('push', { repository: '' }))).code).toBe(
      'NoUpstream',
    );
  });

  it('has branches that are switched to as local ones that follow them', async () => {
    await cloneWithCommit();
    server.git(name, 'branch', 'feature', 'main');
    await followTask(alice, alice.ask('fetch', { repository: name }));
    await alice.ask('switch-branch', { repository: name, name: 'origin/feature' });
    expect(await alice.ask('status', { repository: name })).toMatchObject({
      ...{ branch: 'feature', upstream: 'origin/feature' },
    });
    await alice.ask('switch-branch', { repository: name, name: 'main' });
    await alice.ask('delete-branch', { repository: name, name: 'feature', force: false });
    expect(alice.git(name, 'config', '--list')).not.toContain('branch.feature');
  });
});

describe('an address', () => {
  it.each([
    'file:///etc',
    '/etc',
    '../other',
    'ext::sh -c touch% /tmp/x',
    'git://example.com/x.git',
    'http://example.com/x.git',
    'ftp://example.com/x.git',
    'https://alice:secret@example.com/x.git',
    'https://ghp_abcdef@example.com/x.git',
    'ssh://git:secret@example.com/x.git',
    'ssh://-oProxyCommand=touch/x',
    '-oProxyCommand=touch:x',
    '--upload-pack=touch',
    'https://example.com/x\n.git',
    'fd::7',
    'example.com::x',
  ])('is refused, and never repeated: %s', async (url) => {
    const answer = await alice.agent.send('POST', '/api/strongroom/git/clone', {
      body: { url, folder: '', name: 'x' },
    });
    expect([answer.status, answer.json().reason]).toEqual([400, 'UrlRefused']);
    expect(answer.text).not.toMatch(/secret|ghp_abcdef/);
    expect(existsSync(join(alice.home, 'x'))).toBe(false);
  });

  it('that a repository holds is checked as well, and shown without its password', async () => {
    await cloneWithCommit();
    for (const url of [
      '/etc',
      'ext::sh -c "touch canary"',
      'https://alice:secret@localhost/x.git',
    ]) {
      alice.git(name, 'remote', 'set-url', 'origin', url);
      for (const operation of ['fetch', 'pull', 'push'] as const) {
        const ended = await followTask(alice, alice.ask(operation, { repository: name }));
        expect([url, operation, ended.code]).toEqual([url, operation, 'UrlRefused']);
        expect(ended.message).not.toContain('secret');
      }
    }
    const { remotes } = await alice.ask('status', { repository: name });
    expect(remotes).toEqual([{ name: 'origin', url: 'https://localhost/x.git' }]);
    expect(existsSync(join(alice.home, name, 'canary'))).toBe(false);
  });
});
