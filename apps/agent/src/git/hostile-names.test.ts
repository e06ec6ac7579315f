import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHome, startGitHome } from './testing/git-home.ts';

let alice: GitHome;
const repository = 'model';
const at = (file: string) => `${repository}/${file}`;

const names = [
  '-f',
  '--force',
  '--output=stolen',
  'a\nb.txt',
  'tab\tand "quotes" and \\',
  ':(top)x',
  ':!x',
  '*.txt',
  '[a]',
  '$(touch canary)',
  '`touch canary`',
  ';touch canary',
  ' leading and trailing ',
  '한글 이름.ipynb',
  'HEAD',
  'main',
  'folder/-d/--',
];
/** `\xff`, as the contents API shows it. */
const notText = 'bytes-\uefff.txt';

beforeEach(async () => {
  alice = await startGitHome();
  mkdirSync(join(alice.home, repository));
  await alice.ask('init', { folder: repository });
});

afterEach(async () => {
  await alice.close();
});

const commit = async (files: string[]) => {
  await alice.ask('stage', { repository, files });
  return (await alice.ask('commit', { repository, message: 'x', amends: false })).commitId;
};

describe('names of files', () => {
  it('that look like options, patterns or programs are names', async () => {
    for (const name of names) alice.write(at(name), 'one\n');
    // What a pattern among the names would match.
    alice.write(at('bystander.txt'), 'one\n');
    const sorted = [...names].sort();
    const { untracked } = await alice.ask('status', { repository });
    expect([...untracked].sort()).toEqual([...sorted, 'bystander.txt'].sort());
    const commitId = await commit(names);
    expect((await alice.ask('status', { repository })).untracked).toEqual(['bystander.txt']);
    const { files } = await alice.ask('commit-files', { repository, commitId });
    expect(files.map(({ path }) => path).sort()).toEqual(sorted);
    for (const name of names) {
      alice.write(at(name), 'two\n');
      const version = { repository, file: name, of: 'working-tree' } as const;
      expect([name, await alice.ask('versions', version)]).toMatchObject([
        ...[name, { before: 'one\n', after: 'two\n' }],
      ]);
      const { commits } = await alice.ask('log', { repository, file: name });
      expect([name, commits.length]).toEqual([name, 1]);
    }
    await alice.ask('stage', { repository, files: names });
    await alice.ask('unstage', { repository, files: names });
    expect((await alice.ask('status', { repository })).changed).toHaveLength(names.length);
    await alice.ask('discard', { repository, files: names });
    expect(await alice.ask('status', { repository })).toMatchObject({
      ...{ staged: [], changed: [], untracked: ['bystander.txt'] },
    });
    expect(readdirSync(join(alice.home, repository))).not.toContain('canary');
    expect(readdirSync(join(alice.home, repository))).not.toContain('stolen');
  });

  it('that are not UTF-8 are shown, staged and committed; others ask for a terminal', async () => {
    const path = Buffer.concat([
      Buffer.from(`${alice.home}/${repository}/bytes-`),
      Buffer.from([0xff]),
      Buffer.from('.txt'),
    ]);
    writeFileSync(path, 'one\n');
    expect((await alice.ask('status', { repository })).untracked).toEqual([notText]);
    const commitId = await commit([notText]);
    const { files } = await alice.ask('commit-files', { repository, commitId });
    expect(files.map(({ path: name }) => name)).toEqual([notText]);
    writeFileSync(path, 'two\n');
    const version = { repository, file: notText, of: 'working-tree' } as const;
    expect(await alice.ask('versions', version)).toMatchObject({ before: 'one\n', after: 'two\n' });
    expect(await alice.refusal('log', { repository, file: notText })).toBe('InvalidPath');
    await alice.ask('discard', { repository, files: [notText] });
    expect(readFileSync(path, 'utf8')).toBe('one\n');
  });

  it.each(['../a', 'a/../../b', '/etc/passwd', '.git/config', 'a/.GIT/hooks/x', './a', 'a\0b'])(
    'that lead out of the working tree are refused: %s',
    async (file) => {
      const files = [file];
      const resolution = { text: 'x' };
      const refusals = [
        alice.refusal('stage', { repository, files }),
        alice.refusal('unstage', { repository, files }),
        alice.refusal('discard', { repository, files }),
        alice.refusal('versions', { repository, file, of: 'working-tree' }),
        alice.refusal('conflict', { repository, file }),
        alice.refusal('resolve', { repository, file, resolution }),
      ];
      expect(await Promise.all(refusals)).toEqual(Array(6).fill('InvalidPath'));
    },
  );
});

describe('links', () => {
  it('are kept as links, and nothing is read or written behind them', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'git-outside-'));
    writeFileSync(join(outside, 'secret.txt'), 'secret\n');
    symlinkSync(outside, join(alice.home, at('away')));
    symlinkSync('/etc/shadow', join(alice.home, at('shadow')));
    expect((await alice.ask('status', { repository })).untracked).toEqual(['away', 'shadow']);
    await commit(['away', 'shadow']);
    const version = (file: string) => ({ repository, file, of: 'working-tree' }) as const;
    expect(await alice.ask('versions', version('shadow'))).toMatchObject({ after: '/etc/shadow' });
    expect(await alice.refusal('versions', version('away/secret.txt'))).toBe('Refused');
    for (const operation of ['stage', 'discard'] as const) {
      await alice.refusal(operation, { repository, files: ['away/secret.txt'] });
    }
    expect(await alice.refusal('stage', { repository, files: ['away/secret.txt'] })).not.toBe(
      'none',
    );
    // A folder of the repository that has become a link: its files are not looked for elsewhere.
    alice.write(at('folder/secret.txt'), 'ours\n');
    await commit(['folder/secret.txt']);
    rmSync(join(alice.home, at('folder')), { recursive: true });
    symlinkSync(outside, join(alice.home, at('folder')));
    await alice.refusal('discard', { repository, files: ['folder/secret.txt'] });
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret\n');
    rmSync(outside, { recursive: true });
  });
});

describe('a repository that a git has left in the middle', () => {
  it('says which lock it has left, and can be read', async () => {
    alice.write(at('a.txt'), 'one\n');
    alice.write(at('.git/index.lock'), '');
    const answer = await alice.agent.send('POST', '/api/strongroom/git/stage', {
      body: { repository, files: ['a.txt'] },
    });
    expect(answer.json()).toMatchObject({ reason: 'GitFailed' });
    expect(answer.json().message).toContain('.git/index.lock');
    expect((await alice.ask('status', { repository })).untracked).toEqual(['a.txt']);
    rmSync(join(alice.home, at('.git/index.lock')));
    await alice.ask('stage', { repository, files: ['a.txt'] });
  });

  it('whose configuration or index is broken is refused in words', async () => {
    alice.write(at('.git/config'), '[core\n');
    expect(await alice.refusal('status', { repository })).toBe('GitFailed');
    alice.write(at('.git/config'), '');
    alice.write(at('.git/index'), 'not an index');
    expect(await alice.refusal('status', { repository })).toBe('GitFailed');
  });

  it('takes two requests at once', async () => {
    const files = Array.from({ length: 8 }, (_, index) => `${index}.txt`);
    for (const file of files) alice.write(at(file), file);
    await Promise.all(files.map((file) => alice.ask('stage', { repository, files: [file] })));
    expect((await alice.ask('status', { repository })).staged).toHaveLength(8);
    expect(existsSync(join(alice.home, at('.git/index.lock')))).toBe(false);
  });
});

describe('a request', () => {
  it('that is not as agreed is refused', async () => {
    const post = async (name: string, body: unknown) =>
      (await alice.agent.send('POST', `/api/strongroom/git/${name}`, { body })).json().reason;
    expect(await post('status', {})).toBe('InvalidRequest');
    expect(await post('status', { repository, more: true })).toBe('InvalidRequest');
    expect(await post('stage', { repository, files: [] })).toBe('InvalidRequest');
    expect(await post('versions', { repository, file: 'a', of: '--all' })).toBe('InvalidRequest');
    expect(await post('push-everything', {})).toBe('NotFound');
    expect(await post('constructor', {})).toBe('NotFound');
  });
});
