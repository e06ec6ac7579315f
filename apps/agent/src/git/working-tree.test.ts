import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHome, startGitHome } from './testing/git-home.ts';

let git: GitHome;
const repository = 'work/model';

beforeEach(async () => {
  git = await startGitHome();
  mkdirSync(join(git.home, repository), { recursive: true });
});

afterEach(async () => {
  await git.close();
});

const path = (name: string) => `${repository}/${name}`;
const status = () => git.ask('status', { repository });

async function commitAll(files: string[], message = 'a commit'): Promise<string> {
  await git.ask('stage', { repository, files });
  return (await git.ask('commit', { repository, message, amends: false })).commitId;
}

describe('a new repository', () => {
  it('is made, found and listed', async () => {
    expect(await git.ask('find', { folder: repository })).toEqual({ root: null });
    expect(await git.ask('init', { folder: repository })).toEqual({ root: repository });
    mkdirSync(join(git.home, path('a/b')), { recursive: true });
    expect(await git.ask('find', { folder: path('a/b') })).toEqual({ root: repository });
    expect(await git.ask('repositories', {})).toEqual({ roots: [repository] });
    expect(await status()).toMatchObject({ branch: 'main', commitId: null, inProgress: 'nothing' });
    expect(await git.ask('log', { repository })).toEqual({ commits: [], hasMore: false });
    expect(await git.ask('branches', { repository })).toEqual({ branches: [] });
    expect(await git.ask('last-message', { repository })).toEqual({ message: '' });
  });

  it('is none where there is no repository, or a bare one', async () => {
    expect(await git.refusal('status', { repository })).toBe('NotARepository');
    git.git(repository, 'init', '--bare', '.');
    expect(await git.refusal('status', { repository })).toBe('NotARepository');
    expect(await git.ask('find', { folder: repository })).toEqual({ root: null });
  });
});

describe('from a change to a commit', () => {
  beforeEach(async () => {
    await git.ask('init', { folder: repository });
  });

  it('files are staged, committed and seen in the log', async () => {
    git.write(path('a.txt'), 'one\n');
    git.write(path('b.txt'), 'two\n');
    expect((await status()).untracked).toEqual(['a.txt', 'b.txt']);
    await git.ask('stage', { repository, files: ['a.txt'] });
    expect(await status()).toMatchObject({
      staged: [{ path: 'a.txt', state: 'added', oldPath: null }],
      untracked: ['b.txt'],
    });
    const message = '#12: first\n\nWhy it is so.';
    const { commitId } = await git.ask('commit', { repository, message, amends: false });
    const { commits, hasMore } = await git.ask('log', { repository });
    expect(hasMore).toBe(false);
    expect(commits).toEqual([
      {
        commitId,
        parents: [],
        author: 'Alice Kim',
        authorEmail: 'alice@example.com',
        authoredAt: expect.stringMatching(/^\d{4}-/),
        subject: '#12: first',
        body: 'Why it is so.',
        references: ['main'],
      },
    ]);
    expect(await git.ask('commit-files', { repository, commitId })).toEqual({
      files: [{ path: 'a.txt', state: 'added', oldPath: null }],
    });
    expect(await git.ask('last-message', { repository })).toEqual({ message });
  });

  it('an amendment replaces the last commit', async () => {
    git.write(path('a.txt'), 'one\n');
    await commitAll(['a.txt'], 'frist');
    await git.ask('commit', { repository, message: 'first', amends: true });
    const { commits } = await git.ask('log', { repository });
    expect(commits.map(({ subject }) => subject)).toEqual(['first']);
  });

  it('a commit of nothing, and one by nobody, is refused', async () => {
    const empty = { repository, message: 'x', amends: false };
    expect(await git.refusal('commit', empty)).toBe('NothingToCommit');
    expect(await git.refusal('commit', { ...empty, amends: true })).toBe('NothingToCommit');
    git.write('.gitconfig', '');
    // A repository may not say who its person is.
    git.git(repository, 'config', 'user.name', 'Mallory');
    git.git(repository, 'config', 'user.email', 'mallory@example.com');
    git.write(path('a.txt'), 'one\n');
    await git.ask('stage', { repository, files: ['a.txt'] });
    expect(await git.refusal('commit', empty)).toBe('IdentityMissing');
    expect(await git.ask('identity', {})).toEqual({ name: null, email: null });
    await git.ask('set-identity', { name: '김앨리스', email: 'alice@example.com' });
    await git.ask('commit', empty);
    const { commits } = await git.ask('log', { repository });
    expect(commits[0]?.author).toBe('김앨리스');
  });

  it('staged changes are unstaged, a rename with both its names', async () => {
    git.write(path('a.txt'), 'one\ntwo\nthree\n');
    await git.ask('stage', { repository, files: ['a.txt'] });
    await git.ask('unstage', { repository, files: ['a.txt'] });
    expect((await status()).untracked).toEqual(['a.txt']);
    await commitAll(['a.txt']);
    renameSync(join(git.home, path('a.txt')), join(git.home, path('b.txt')));
    await git.ask('stage', { repository, files: ['a.txt', 'b.txt'] });
    expect((await status()).staged).toEqual([
      { path: 'b.txt', state: 'renamed', oldPath: 'a.txt' },
    ]);
    await git.ask('unstage', { repository, files: ['b.txt'] });
    expect(await status()).toMatchObject({
      staged: [],
      changed: [{ path: 'a.txt', state: 'deleted' }],
      untracked: ['b.txt'],
    });
  });

  it('discarding restores what is tracked and moves what is not to the trash', async () => {
    git.write(path('a.txt'), 'one\n');
    git.write(path('c.txt'), 'three\n');
    await commitAll(['a.txt', 'c.txt']);
    git.write(path('a.txt'), 'changed\n');
    git.write(path('sub/b.txt'), 'two\n');
    renameSync(join(git.home, path('c.txt')), join(git.home, path('d.txt')));
    // A folder where a file was: what is in it is nobody else's.
    git.write(path('c.txt/kept.txt'), 'kept\n');
    const files = ['a.txt', 'sub/b.txt', 'c.txt'];
    await git.ask('discard', { repository, files });
    expect(git.read(path('a.txt'))).toBe('one\n');
    expect(git.read(path('c.txt'))).toBe('three\n');
    expect(existsSync(join(git.home, path('sub/b.txt')))).toBe(false);
    const trash = join(git.home, '.local/share/Trash/files');
    expect(readdirSync(trash).sort()).toEqual(['b.txt', 'c.txt']);
    expect(readdirSync(join(trash, 'c.txt'))).toEqual(['kept.txt']);
    expect((await status()).untracked).toEqual(['d.txt']);
  });

  it('both sides of a change are shown, before and after a rename too', async () => {
    git.write(path('a.txt'), 'one\ntwo\nthree\n');
    const first = await commitAll(['a.txt']);
    const versions = (file: string, of: string) => git.ask('versions', { repository, file, of });
    const plain = { isBinary: false, isLarge: false };
    expect(await versions('a.txt', first)).toEqual({
      ...{ before: null, after: 'one\ntwo\nthree\n' },
      ...plain,
    });
    renameSync(join(git.home, path('a.txt')), join(git.home, path('b.txt')));
    git.write(path('b.txt'), 'one\ntwo\nthree\nfour\n');
    await git.ask('stage', { repository, files: ['a.txt', 'b.txt'] });
    git.write(path('b.txt'), 'five\n');
    expect(await versions('b.txt', 'staged')).toEqual({
      ...{ before: 'one\ntwo\nthree\n', after: 'one\ntwo\nthree\nfour\n' },
      ...plain,
    });
    expect(await versions('b.txt', 'working-tree')).toEqual({
      ...{ before: 'one\ntwo\nthree\nfour\n', after: 'five\n' },
      ...plain,
    });
    const { commitId } = await git.ask('commit', { repository, message: 'two', amends: false });
    expect(await versions('b.txt', commitId)).toMatchObject({ before: 'one\ntwo\nthree\n' });
    const { commits } = await git.ask('log', { repository, file: 'b.txt' });
    expect(commits.map(({ subject }) => subject)).toEqual(['two', 'a commit']);
    writeFileSync(join(git.home, path('b.txt')), Buffer.from([0, 1, 2]));
    expect(await versions('b.txt', 'working-tree')).toMatchObject({ after: null, isBinary: true });
    writeFileSync(join(git.home, path('b.txt')), Buffer.alloc(20 * 1024 * 1024 + 1, 'a'));
    expect(await versions('b.txt', 'working-tree')).toMatchObject({ before: null, isLarge: true });
  });

  it('10,000 untracked files are told, and that there are more', async () => {
    mkdirSync(join(git.home, path('many')));
    for (let number = 0; number <= 10_000; number += 1) {
      writeFileSync(join(git.home, path(`many/${number}`)), '');
    }
    const { untracked, isCut } = await status();
    expect([untracked.length, isCut]).toEqual([10_000, true]);
  });
});

describe('branches', () => {
  beforeEach(async () => {
    await git.ask('init', { folder: repository });
    git.write(path('a.txt'), 'one\n');
    await commitAll(['a.txt']);
  });

  it('are created, switched to and deleted', async () => {
    await git.ask('create-branch', { repository, name: 'feature/x' });
    expect(await git.refusal('create-branch', { repository, name: 'feature/x' })).toBe(
      'BranchExists',
    );
    await git.ask('switch-branch', { repository, name: 'feature/x' });
    git.write(path('a.txt'), 'two\n');
    const commitId = await commitAll(['a.txt'], 'two');
    const { branches } = await git.ask('branches', { repository });
    expect(branches.find(({ isCurrent }) => isCurrent)).toEqual({
      ...{ name: 'feature/x', isCurrent: true, isRemote: false, upstream: null, commitId },
    });
    git.write(path('a.txt'), 'not committed\n');
    expect(await git.refusal('switch-branch', { repository, name: 'main' })).toBe('WouldOverwrite');
    await git.ask('discard', { repository, files: ['a.txt'] });
    await git.ask('switch-branch', { repository, name: 'main' });
    const deletion = { repository, name: 'feature/x' };
    expect(await git.refusal('delete-branch', { ...deletion, force: false })).toBe(
      'BranchNotMerged',
    );
    await git.ask('delete-branch', { ...deletion, force: true });
    expect((await git.ask('branches', { repository })).branches).toHaveLength(1);
    expect(await git.refusal('switch-branch', { repository, name: 'feature/x' })).toBe('NotFound');
  });

  it('with a name that git would take for something else are refused', async () => {
    for (const name of [
      '-f',
      '--force',
      'a b',
      'a..b',
      'HEAD',
      '@',
      'x.lock',
      'a\nb',
      '.a',
      'a:b',
    ]) {
      const refusals = [
        git.refusal('create-branch', { repository, name }),
        git.refusal('switch-branch', { repository, name }),
        git.refusal('delete-branch', { repository, name, force: true }),
        git.refusal('log', { repository, branch: name }),
      ];
      expect([name, ...(await Promise.all(refusals))]).toEqual([
        ...[name, ...Array(4).fill('InvalidRequest')],
      ]);
    }
    const from = '--output=/tmp/x';
    expect(await git.refusal('create-branch', { repository, name: 'x', from })).toBe('NotFound');
  });

  it('are none while HEAD is detached', async () => {
    git.git(repository, 'switch', '--detach', 'HEAD');
    expect(await status()).toMatchObject({ branch: null, upstream: null });
    await git.ask('switch-branch', { repository, name: 'main' });
    expect((await status()).branch).toBe('main');
  });
});
