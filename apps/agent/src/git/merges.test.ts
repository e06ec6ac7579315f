import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GitHome, startGitHome } from './testing/git-home.ts';
import {
  type BuiltNotebookProgram,
  buildNotebookProgram,
  notebookOf,
  sourcesOf,
} from './testing/notebook-program.ts';

let program: BuiltNotebookProgram;
let alice: GitHome;
const repository = 'model';
const at = (file: string) => `${repository}/${file}`;

beforeAll(async () => {
  program = await buildNotebookProgram();
});

afterAll(() => {
  program.close();
});

beforeEach(async () => {
  alice = await startGitHome({ notebookCommand: program.command });
  alice.write(at('a.txt'), 'one\n');
  await alice.ask('init', { folder: repository });
  await commit({ 'a.txt': 'one\n', 'n.ipynb': notebookOf({ a: 'x = 1', b: 'y = 1', c: 'z = 1' }) });
});

afterEach(async () => {
  await alice.close();
});

/** Writes the files, null for one that is deleted, and commits them. */
async function commit(files: Record<string, string | null>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    if (text === null) rmSync(join(alice.home, at(file)));
    else alice.write(at(file), text);
  }
  await alice.ask('stage', { repository, files: Object.keys(files) });
  await alice.ask('commit', { repository, message: 'a commit', amends: false });
}

/** Two branches from here, `main` being checked out with ours. */
async function diverge(
  ours: Record<string, string | null>,
  theirs: Record<string, string | null>,
): Promise<void> {
  await alice.ask('create-branch', { repository, name: 'theirs' });
  await alice.ask('switch-branch', { repository, name: 'theirs' });
  await commit(theirs);
  await alice.ask('switch-branch', { repository, name: 'main' });
  await commit(ours);
}

const merge = () => alice.ask('merge', { repository, name: 'theirs' });
const status = () => alice.ask('status', { repository });

describe('a merge', () => {
  it('moves the branch forward, or finds that there is nothing to do', async () => {
    await alice.ask('create-branch', { repository, name: 'theirs' });
    expect(await merge()).toEqual({ outcome: 'already-up-to-date' });
    await alice.ask('switch-branch', { repository, name: 'theirs' });
    await commit({ 'a.txt': 'two\n' });
    await alice.ask('switch-branch', { repository, name: 'main' });
    expect(await merge()).toEqual({ outcome: 'merged' });
    const { commits } = await alice.ask('log', { repository });
    expect(commits[0]).toMatchObject({
      references: ['main', 'theirs'],
      parents: [expect.any(String)],
    });
  });

  it('takes changes of different cells of a notebook from both', async () => {
    await diverge(
      { 'n.ipynb': notebookOf({ a: 'x = 2', b: 'y = 1', c: 'z = 1', e: 'v = 5' }) },
      { 'n.ipynb': notebookOf({ a: 'x = 1', b: 'y = 1', c: 'z = 3', d: 'w = 4' }) },
    );
    // Both add at the same place: by line that is a conflict.
    expect(await merge()).toEqual({ outcome: 'merged' });
    const merged = sourcesOf(alice.read(at('n.ipynb')));
    expect(merged).toEqual({ a: 'x = 2', b: 'y = 1', c: 'z = 3', e: 'v = 5', d: 'w = 4' });
    expect(await status()).toMatchObject({ staged: [], changed: [], inProgress: 'nothing' });
  });

  it('by whatever attributes of a repository never leaves a broken notebook', async () => {
    const attributes = '*.ipynb merge=union text\n[attr]x -merge\nn.ipynb merge=text\n';
    alice.write(at('.git/info/attributes'), attributes);
    await commit({ '.gitattributes': attributes });
    await diverge(
      { 'n.ipynb': notebookOf({ a: 'x = 2', b: 'y = 1', c: 'z = 1' }) },
      { 'n.ipynb': notebookOf({ a: 'x = 3', b: 'y = 1', c: 'z = 3' }) },
    );
    expect(await merge()).toEqual({ outcome: 'conflicts' });
    expect(sourcesOf(alice.read(at('n.ipynb')))).toEqual({ a: 'x = 2', b: 'y = 1', c: 'z = 3' });
  });

  it('leaves of a conflict the three sides, which are resolved and committed', async () => {
    await diverge(
      { 'n.ipynb': notebookOf({ a: 'x = 2', b: 'y = 1', c: 'z = 1' }), 'a.txt': 'ours\n' },
      { 'n.ipynb': notebookOf({ a: 'x = 3', b: 'y = 1', c: 'z = 1' }), 'a.txt': 'theirs\n' },
    );
    expect(await merge()).toEqual({ outcome: 'conflicts' });
    expect(await status()).toMatchObject({
      ...{ conflicted: ['a.txt', 'n.ipynb'], inProgress: 'merge', staged: [], changed: [] },
    });
    const conflict = await alice.ask('conflict', { repository, file: 'n.ipynb' });
    expect(conflict).toMatchObject({
      ...{ oursName: 'main', theirsName: 'theirs', isNotebook: true, isBinary: false },
    });
    const sides = [conflict.base, conflict.ours, conflict.theirs];
    expect(sides.map((side) => sourcesOf(side ?? '').a)).toEqual(['x = 1', 'x = 2', 'x = 3']);
    expect(await alice.refusal('continue-merge', { repository })).toBe('Conflicts');
    expect(await alice.refusal('commit', { repository, message: 'x', amends: false })).toBe(
      'Conflicts',
    );
    expect(await alice.refusal('discard', { repository, files: ['a.txt'] })).toBe('Conflicts');
    const resolve = (file: string, resolution: { text: string } | { side: 'ours' | 'theirs' }) =>
      alice.refusal('resolve', { repository, file, resolution });
    const before = alice.read(at('n.ipynb'));
    for (const text of ['<<<<<<< ours', '{}', '{"cells": 1, "nbformat": 4, "metadata": {}}']) {
      expect([text, await resolve('n.ipynb', { text })]).toEqual([text, 'InvalidNotebook']);
    }
    expect(alice.read(at('n.ipynb'))).toBe(before);
    expect(await resolve('a.txt', { side: 'theirs' })).toBe('none');
    const text = notebookOf({ a: 'x = 5', b: 'y = 1', c: 'z = 1' });
    expect(await resolve('n.ipynb', { text })).toBe('none');
    expect(await resolve('n.ipynb', { text })).toBe('NotFound');
    expect(alice.read(at('a.txt'))).toBe('theirs\n');
    await alice.ask('continue-merge', { repository });
    const { commits } = await alice.ask('log', { repository });
    expect(commits[0]).toMatchObject({ subject: "Merge branch 'theirs'", body: '' });
    expect(commits[0]?.parents).toHaveLength(2);
    expect(await status()).toMatchObject({ inProgress: 'nothing', staged: [], changed: [] });
  });

  it('is resolved by the side that has deleted the file, or kept it', async () => {
    await diverge({ 'a.txt': null }, { 'a.txt': 'theirs\n' });
    expect(await merge()).toEqual({ outcome: 'conflicts' });
    const conflict = await alice.ask('conflict', { repository, file: 'a.txt' });
    expect(conflict).toMatchObject({ base: 'one\n', ours: null, theirs: 'theirs\n' });
    const resolution = { side: 'ours' } as const;
    await alice.ask('resolve', { repository, file: 'a.txt', resolution });
    expect(existsSync(join(alice.home, at('a.txt')))).toBe(false);
    await alice.ask('continue-merge', { repository, message: '# ours is right' });
    expect((await alice.ask('last-message', { repository })).message).toBe('# ours is right');
  });

  it('is aborted, and there is none to continue then', async () => {
    await diverge({ 'a.txt': 'ours\n' }, { 'a.txt': 'theirs\n' });
    await merge();
    await alice.ask('abort-merge', { repository });
    expect(alice.read(at('a.txt'))).toBe('ours\n');
    expect(await alice.refusal('abort-merge', { repository })).toBe('GitFailed');
    expect(await alice.refusal('continue-merge', { repository })).toBe('GitFailed');
  });

  it('overwrites nothing that is not committed, ignored files included', async () => {
    await diverge({ '.gitignore': 'b.txt\n' }, { 'a.txt': 'theirs\n', 'b.txt': 'theirs\n' });
    alice.write(at('a.txt'), 'not committed\n');
    expect(await alice.refusal('merge', { repository, name: 'theirs' })).toBe('WouldOverwrite');
    expect(alice.read(at('a.txt'))).toBe('not committed\n');
    await alice.ask('discard', { repository, files: ['a.txt'] });
    alice.write(at('c.txt'), 'staged\n');
    await alice.ask('stage', { repository, files: ['c.txt'] });
    expect(await alice.refusal('merge', { repository, name: 'theirs' })).toBe('WouldOverwrite');
    expect((await status()).staged).toEqual([{ path: 'c.txt', state: 'added', oldPath: null }]);
    await alice.ask('unstage', { repository, files: ['c.txt'] });
    alice.write(at('b.txt'), 'ignored\n');
    expect(await alice.refusal('merge', { repository, name: 'theirs' })).toBe('WouldOverwrite');
    expect(await alice.refusal('switch-branch', { repository, name: 'theirs' })).toBe(
      'WouldOverwrite',
    );
    expect(alice.read(at('b.txt'))).toBe('ignored\n');
  });
});

describe('a rebase', () => {
  it('begun in a terminal is shown, and ended there', async () => {
    await diverge({ 'a.txt': 'ours\n' }, { 'a.txt': 'theirs\n' });
    expect(() => alice.git(repository, 'rebase', 'theirs')).toThrow();
    expect(await status()).toMatchObject({
      ...{ inProgress: 'rebase', branch: null, conflicted: ['a.txt'] },
    });
    expect(await alice.refusal('continue-merge', { repository })).toBe('GitFailed');
    const resolution = { side: 'theirs' } as const;
    await alice.ask('resolve', { repository, file: 'a.txt', resolution });
    expect((await status()).conflicted).toEqual([]);
  });
});

describe('a stash', () => {
  it('keeps changes aside and gives them back', async () => {
    expect(await alice.refusal('stash', { repository, message: '' })).toBe('NothingToCommit');
    alice.write(at('a.txt'), 'two\n');
    await alice.ask('stash', { repository, message: '--all my work' });
    expect(alice.read(at('a.txt'))).toBe('one\n');
    expect((await status()).stashCount).toBe(1);
    const { stashes } = await alice.ask('stashes', { repository });
    expect(stashes).toEqual([
      { index: 0, message: 'On main: --all my work', createdAt: expect.stringMatching(/^\d{4}-/) },
    ]);
    await alice.ask('apply-stash', { repository, index: 0, drops: false });
    expect(alice.read(at('a.txt'))).toBe('two\n');
    await alice.ask('drop-stash', { repository, index: 0 });
    expect(await alice.refusal('drop-stash', { repository, index: 0 })).toBe('NotFound');
    expect(await alice.refusal('apply-stash', { repository, index: 7, drops: true })).toBe(
      'NotFound',
    );
  });

  it('that conflicts is kept, and leaves notebooks whole', async () => {
    alice.write(at('n.ipynb'), notebookOf({ a: 'x = 3', b: 'y = 1', c: 'z = 1' }));
    await alice.ask('stash', { repository, message: '' });
    await commit({ 'n.ipynb': notebookOf({ a: 'x = 2', b: 'y = 1', c: 'z = 1' }) });
    const pop = { repository, index: 0, drops: true };
    expect(await alice.refusal('apply-stash', pop)).toBe('Conflicts');
    expect(sourcesOf(alice.read(at('n.ipynb'))).a).toBe('x = 2');
    expect(await status()).toMatchObject({ conflicted: ['n.ipynb'], stashCount: 1 });
  });

  it('is not put over changes', async () => {
    alice.write(at('a.txt'), 'two\n');
    await alice.ask('stash', { repository, message: '' });
    alice.write(at('a.txt'), 'three\n');
    const pop = { repository, index: 0, drops: true };
    expect(await alice.refusal('apply-stash', pop)).toBe('WouldOverwrite');
    expect(alice.read(at('a.txt'))).toBe('three\n');
  });
});

describe('outputs that are left out of commits', () => {
  const committed = () => alice.git(repository, 'show', 'HEAD:n.ipynb');
  const notebook = (value: number, output?: string) =>
    notebookOf({ a: `x = ${value}`, b: 'y = 1', c: 'z = 1' }, output);

  beforeEach(async () => {
    await alice.ask('set-strips-outputs', { repository, stripsOutputs: true });
  });

  it('stay in the file, which is not shown as changed by them', async () => {
    expect((await status()).stripsOutputs).toBe(true);
    alice.write(at('n.ipynb'), notebook(2, 'a new output'));
    const versions = await alice.ask('versions', {
      repository,
      file: 'n.ipynb',
      of: 'working-tree',
    });
    expect(versions.after).not.toContain('a new output');
    await commit({ 'n.ipynb': notebook(2, 'a new output') });
    expect(committed()).not.toContain('output": ');
    expect(committed()).not.toContain('a new output');
    expect(alice.read(at('n.ipynb'))).toContain('a new output');
    expect((await status()).changed).toEqual([]);
    // Run again: other outputs, the same source.
    alice.write(at('n.ipynb'), notebook(2, 'another output'));
    expect((await status()).changed).toEqual([]);
    alice.write(at('n.ipynb'), notebook(3, 'another output'));
    expect((await status()).changed).toEqual([{ path: 'n.ipynb', state: 'modified' }]);
  });

  it('keep no merge from a notebook that was only run again', async () => {
    await commit({ 'n.ipynb': notebook(1) });
    await diverge({ 'a.txt': 'ours\n' }, { 'n.ipynb': notebook(2) });
    // What was written, and not committed, keeps it, outputs and all.
    alice.write(at('n.ipynb'), notebook(5, 'another output'));
    expect(await alice.refusal('merge', { repository, name: 'theirs' })).toBe('WouldOverwrite');
    expect(alice.read(at('n.ipynb'))).toBe(notebook(5, 'another output'));
    alice.write(at('n.ipynb'), notebook(1, 'another output'));
    expect(await merge()).toEqual({ outcome: 'merged' });
    expect(sourcesOf(alice.read(at('n.ipynb'))).a).toBe('x = 2');
    alice.write(at('n.ipynb'), notebook(2, 'a third output'));
    await alice.ask('switch-branch', { repository, name: 'theirs' });
  });

  it('are committed again when that is turned off', async () => {
    await commit({ 'n.ipynb': notebook(2, 'a new output') });
    await alice.ask('set-strips-outputs', { repository, stripsOutputs: false });
    expect((await status()).stripsOutputs).toBe(false);
    await commit({ 'n.ipynb': notebook(3, 'a new output') });
    expect(committed()).toContain('a new output');
  });

  it('keep a notebook that is broken from being staged', async () => {
    alice.write(at('n.ipynb'), '{"cells": [ a secret output');
    const request = { repository, files: ['n.ipynb'] };
    expect(await alice.refusal('stage', request)).toBe('InvalidNotebook');
    expect((await status()).changed).toEqual([{ path: 'n.ipynb', state: 'modified' }]);
  });
});
