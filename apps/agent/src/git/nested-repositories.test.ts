import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitOperationName, GitRequest } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Canaries, startCanaries } from './testing/canaries.ts';
import { type GitHome, startGitHome } from './testing/git-home.ts';

let alice: GitHome;
let canaries: Canaries;
const repository = 'theirs';
const at = (file: string) => `${repository}/${file}`;
const sung = () => canaries.sung();

beforeEach(async () => {
  canaries = startCanaries();
  alice = await startGitHome();
});

afterEach(async () => {
  await alice.close();
  canaries.close();
});

describe('a repository inside a repository', () => {
  const inner = at('inside');

  beforeEach(async () => {
    mkdirSync(join(alice.home, inner), { recursive: true });
    await alice.ask('init', { folder: repository });
    await alice.ask('init', { folder: inner });
    alice.write(`${inner}/a.txt`, 'one\n');
    await alice.ask('stage', { repository: inner, files: ['a.txt'] });
    await alice.ask('commit', { repository: inner, message: 'x', amends: false });
    alice.write(`${inner}/.gitattributes`, '* filter=evil\n');
    alice.write(
      `${inner}/.git/config`,
      `[core]\n\tfsmonitor = ${canaries.program('inner.fsmonitor')}\n[filter "evil"]\n\tclean = ${canaries.program('inner.clean')}\n`,
    );
  });

  it('is listed and not staged, and goes to the trash whole', async () => {
    expect((await alice.ask('status', { repository })).untracked).toEqual(['inside/']);
    expect(await alice.refusal('stage', { repository, files: ['inside/'] })).toBe('Refused');
    await alice.ask('discard', { repository, files: ['inside/'] });
    expect(existsSync(join(alice.home, inner))).toBe(false);
    expect(sung()).toEqual([]);
  });

  it('as a submodule is never entered', async () => {
    alice.write(
      at('.gitmodules'),
      '[submodule "inside"]\n\tpath = inside\n\turl = ./x\n\tignore = none\n',
    );
    const id = alice.git(inner, '-c', 'core.fsmonitor=false', 'rev-parse', 'HEAD');
    alice.git(repository, 'update-index', '--add', '--cacheinfo', `160000,${id},inside`);
    await alice.ask('stage', { repository, files: ['.gitmodules'] });
    await alice.ask('commit', { repository, message: 'with a submodule', amends: false });
    // Changed, so that whoever looks has to ask its filter.
    alice.write(`${inner}/a.txt`, 'two\n');
    alice.write(at('a.txt'), 'one\n');
    const quietly = async <Name extends GitOperationName>(
      name: Name,
      request: GitRequest<Name>,
    ) => {
      await alice.ask(name, request);
      expect([name, ...sung()]).toEqual([name]);
    };
    await quietly('create-branch', { repository, name: 'other' });
    await quietly('stage', { repository, files: ['a.txt', 'inside'] });
    await quietly('commit', { repository, message: 'two', amends: false });
    await quietly('status', { repository });
    await quietly('unstage', { repository, files: ['inside'] });
    await quietly('discard', { repository, files: ['inside'] });
    const without = ['-c', 'core.fsmonitor=false', '-c', 'filter.evil.clean=cat'];
    alice.git(inner, ...without, 'commit', '-q', '--allow-empty', '-m', 'moved on');
    expect((await alice.ask('status', { repository })).changed).toEqual([
      { path: 'inside', state: 'modified' },
    ]);
    const discard = { repository, files: ['inside'] };
    expect(await alice.refusal('discard', discard)).toBe('Refused');
    await quietly('stage', { repository, files: ['inside'] });
    await quietly('unstage', { repository, files: ['inside'] });
    alice.git(inner, ...without, 'reset', '-q', '--soft', 'HEAD^');
    await quietly('switch-branch', { repository, name: 'other' });
    alice.write(at('a.txt'), 'other\n');
    await quietly('stage', { repository, files: ['a.txt'] });
    await quietly('commit', { repository, message: 'other', amends: false });
    expect(await alice.refusal('merge', { repository, name: 'main' })).toBe('Refused');
    expect(sung()).toEqual([]);
    // Begun in a terminal, with conflicts, and ended here.
    const mergeInTerminal = () => {
      expect(() => alice.git(repository, 'merge', 'main')).toThrow();
      expect(sung()).not.toEqual([]);
      canaries.silence();
    };
    mergeInTerminal();
    await quietly('abort-merge', { repository });
    mergeInTerminal();
    const resolution = { side: 'theirs' } as const;
    await quietly('resolve', { repository, file: 'a.txt', resolution });
    await quietly('continue-merge', { repository });
    alice.write(at('a.txt'), 'three\n');
    expect(await alice.refusal('stash', { repository, message: '' })).toBe('Refused');
    expect(sung()).toEqual([]);
    alice.git(repository, 'status');
    expect(sung()).not.toEqual([]);
  });
});

describe('a repository whose data are elsewhere', () => {
  it('outside the home is refused', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'git-outside-'));
    alice.git('', 'init', '-q', join(outside, 'r'));
    const pointers: ((folder: string) => void)[] = [
      (folder) => symlinkSync(join(outside, 'r/.git'), join(folder, '.git')),
      (folder) => writeFileSync(join(folder, '.git'), `gitdir: ${outside}/r/.git\n`),
      (folder) => {
        mkdirSync(join(folder, '.git'));
        writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
        writeFileSync(join(folder, '.git/commondir'), `${outside}/r/.git\n`);
      },
    ];
    for (const [index, point] of pointers.entries()) {
      mkdirSync(join(alice.home, String(index)));
      point(join(alice.home, String(index)));
      expect(await alice.refusal('status', { repository: String(index) })).toBe('Refused');
    }
    symlinkSync(join(outside, 'r'), join(alice.home, 'link'));
    expect(await alice.refusal('status', { repository: 'link' })).toBe('Refused');
    expect(await alice.refusal('status', { repository: '../r' })).toBe('InvalidPath');
    expect(await alice.ask('repositories', {})).toEqual({ roots: [] });
    rmSync(outside, { recursive: true });
  });

  it('in another working tree of the same repository works', async () => {
    await alice.ask('init', { folder: '' });
    alice.write('a.txt', 'one\n');
    await alice.ask('stage', { repository: '', files: ['a.txt'] });
    await alice.ask('commit', { repository: '', message: 'one', amends: false });
    alice.git('', 'worktree', 'add', '-q', 'second');
    expect(await alice.ask('status', { repository: 'second' })).toMatchObject({ branch: 'second' });
    alice.write('second/a.txt', 'two\n');
    await alice.ask('stage', { repository: 'second', files: ['a.txt'] });
    await alice.ask('commit', { repository: 'second', message: 'two', amends: false });
    expect((await alice.ask('log', { repository: '', branch: 'second' })).commits).toHaveLength(2);
    expect((await alice.ask('status', { repository: '' })).branch).toBe('main');
  });
});
