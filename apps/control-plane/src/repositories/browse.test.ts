import { symlink } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserDouble } from '../http/testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../http/testing/running-console.ts';
import { type GitClient, openGitClient } from './testing/git-client.ts';

let running: RunningConsole;
let client: GitClient;
let browser: BrowserDouble;
const commits: string[] = [];
const hostileNames = ['--option', 'a\nb', '-', ':(top)x', '  ', '한글.txt', 'a\\"b', '*'];
const notebook = (source: string) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ source }] });

beforeAll(async () => {
  running = await runConsole();
  client = await openGitClient(running);
  await client.create('alice', { name: 'models' });
  await client.create('alice', { name: 'empty' });
  const url = client.url('models', 'alice', await client.token('alice'));
  browser = await running.browserOf('alice');
  const hostile = Object.fromEntries(hostileNames.map((name) => [`odd/${name}`, `in ${name}`]));
  commits.push(
    await client.commit('work', { 'src/deep/a.txt': 'one\ntwo\n', 'n.ipynb': notebook('x = 1') }),
    await client.commit('work', { ...hostile, 'p.png': Buffer.from('89504e470d0a1a0a', 'hex') }),
  );
  await symlink('/etc/passwd', client.path('work/link'));
  await client.git(['-C', 'work', 'add', 'link']);
  const submodule = `160000,${commits[0]},module`;
  await client.git(['-C', 'work', 'update-index', '--add', '--cacheinfo', submodule]);
  await client.git(['-C', 'work', 'commit', '-q', '-m', 'a link and a submodule']);
  await client.git(['-C', 'work', 'tag', 'linked']);
  await client.git(['-C', 'work', 'mv', 'src/deep/a.txt', 'src/b.txt']);
  commits.push(
    await client.commit('work', { 'n.ipynb': notebook('x = 2'), 'null.bin': Buffer.alloc(9) }),
  );
  await client.git(['-C', 'work', 'tag', 'v1', commits[0] ?? '']);
  await client.git(['-C', 'work', 'branch', 'side', commits[1] ?? '']);
  await client.git(['-C', 'work', 'push', '-q', url, 'main', 'side', 'v1', 'linked']);
});
afterAll(async () => {
  await client.close();
  await running.close();
});

const ask = async (path: string, query: Record<string, string> = {}, repository = 'models') => {
  const words = new URLSearchParams(query).toString();
  return browser.send(`/api/repositories/${repository}/${path}?${words}`);
};

describe('a repository in the console', () => {
  it('shows its branches with what parts them from the default one', async () => {
    const { json } = await ask('branches');
    expect(json.branches).toMatchObject([
      { name: 'main', isDefault: true, isProtected: true, ahead: 0, behind: 0 },
      { name: 'side', isDefault: false, isProtected: false, ahead: 0, behind: 2 },
    ]);
    expect(json.branches[0].commit).toMatchObject({ commitId: commits[2], subject: 'change' });
  });

  it('shows folders first, links and submodules as what they are', async () => {
    const at = (what: string, path: string) => ask(what, { revision: 'linked', path });
    const { json } = await at('tree', '');
    const kinds = json.entries.map(({ name, kind }: Record<string, string>) => `${kind} ${name}`);
    expect(kinds.slice(0, 2)).toEqual(['folder odd', 'folder src']);
    expect(kinds).toContain('symbolic-link link');
    expect(kinds).toContain('submodule module');
    expect((await at('file', 'link')).json).toMatchObject({ text: '/etc/passwd' });
    expect((await at('file', 'module')).status).toBe(404);
    expect((await at('tree', 'link')).status).toBe(404);
    expect((await ask('tree', { revision: 'v1', path: 'src' })).json.entries).toMatchObject([
      { name: 'deep', kind: 'folder', sizeBytes: null },
    ]);
  });

  it('gives names that look like options, patterns or lines to nobody but Git as names', async () => {
    const { json } = await ask('tree', { path: 'odd' });
    expect(json.entries.map(({ name }: { name: string }) => name).sort()).toEqual(
      [...hostileNames].sort(),
    );
    for (const name of hostileNames) {
      const path = `odd/${name}`;
      expect((await ask('file', { path })).json.text).toBe(`in ${name}`);
      const { json: listed } = await ask('commits', { path });
      expect(listed.commits.map(({ commitId }: { commitId: string }) => commitId)).toEqual([
        commits[1],
      ]);
      const { text } = await ask('raw', { path });
      expect(text).toBe(`in ${name}`);
    }
  });

  it.each([
    ['--output=/tmp/x', ''],
    ['main:src', ''],
    ['main^', ''],
    ['@{-1}', ''],
    ['..', ''],
    ['HEAD', ''],
    ['refs/heads/main', ''],
    ['main', '../x'],
    ['main', '/etc/passwd'],
    ['main', 'src//b.txt'],
    ['main', './src'],
    ['none', ''],
    ['0'.repeat(40), ''],
  ])('finds nothing at %s, %s', async (revision, path) => {
    const found = await Promise.all(
      ['tree', 'file', 'raw', 'commits'].map((what) => ask(what, { revision, path })),
    );
    expect(found.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(found[0]?.json.error.code).toBe('RevisionNotFound');
  });

  it('tells text, notebooks, images and the rest apart', async () => {
    const kindOf = async (path: string) => (await ask('file', { path })).json.kind;
    expect(await kindOf('src/b.txt')).toBe('text');
    expect(await kindOf('n.ipynb')).toBe('notebook');
    expect(await kindOf('p.png')).toBe('image');
    expect(await kindOf('null.bin')).toBe('binary');
  });

  it('downloads a file as an attachment that no browser takes for a page', async () => {
    const { status, text, headers } = await ask('raw', { path: 'src/b.txt' });
    expect([status, text]).toEqual([200, 'one\ntwo\n']);
    expect(headers).toMatchObject({
      ...{ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' },
      'content-disposition': expect.stringMatching(/^attachment; filename="b.txt"/),
    });
  });

  it('lists commits page by page', async () => {
    const first = (await ask('commits', { limit: '3' })).json;
    expect(first.commits).toHaveLength(3);
    const second = (await ask('commits', { limit: '3', after: first.next })).json;
    expect(second.commits.map(({ commitId }: { commitId: string }) => commitId)).toEqual([
      commits[0],
    ]);
    expect(second.next).toBeNull();
    expect(first.commits[0]).toMatchObject({ author: 'A', authorEmail: 'a@example.com' });
  });

  it('shows what a commit changed', async () => {
    const { json } = await ask(`commits/${commits[2]}`);
    const moved = json.files.find(({ status }: { status: string }) => status === 'renamed');
    expect(moved).toMatchObject({ oldPath: 'src/deep/a.txt', newPath: 'src/b.txt' });
    const binary = json.files.find(({ newPath }: { newPath: string }) => newPath === 'null.bin');
    expect(binary).toMatchObject({ status: 'added', isBinary: true, patch: null });
    const cells = json.files.find(({ isNotebook }: { isNotebook: boolean }) => isNotebook);
    expect(cells).toMatchObject({ newPath: 'n.ipynb', addedLines: 1, patch: null });
    expect(json.fileCount).toBe(json.files.length);
    const root = (await ask(`commits/${commits[0]}`)).json;
    const text = root.files.find(({ newPath }: { newPath: string }) => newPath.endsWith('a.txt'));
    expect(text).toMatchObject({ status: 'added', patch: '@@ -0,0 +1,2 @@\n+one\n+two\n' });
    const versions = await ask('notebook-versions', { commit: commits[2] ?? '', path: 'n.ipynb' });
    expect(versions.json).toEqual({ before: notebook('x = 1'), after: notebook('x = 2') });
    const added = await ask('notebook-versions', { commit: commits[0] ?? '', path: 'n.ipynb' });
    expect(added.json).toEqual({ before: null, after: notebook('x = 1') });
  });

  it('says of an empty one that it is', async () => {
    const details = await browser.send('/api/repositories/empty');
    expect(details.json).toMatchObject({ isEmpty: true, defaultBranch: 'main' });
    expect((await ask('branches', {}, 'empty')).json).toEqual({ branches: [] });
    expect((await ask('tree', {}, 'empty')).json.error.code).toBe('RevisionNotFound');
  });

  it('lets an administrator manage it and see nothing of what is in it', async () => {
    const admin = await running.browserOf('admin');
    const { json } = await admin.send('/api/repositories/models');
    expect(json.may).toEqual({ pull: false, push: false, manage: true });
    for (const path of ['branches', 'tree', 'file?path=n.ipynb', 'raw?path=n.ipynb', 'commits']) {
      expect((await admin.send(`/api/repositories/models/${path}`)).status).toBe(403);
    }
  });
});
