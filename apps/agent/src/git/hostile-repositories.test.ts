import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitOperationName, GitRequest } from '@strongroom/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { followTask } from './testing/follow-task.ts';
import { type GitHome, startGitHome } from './testing/git-home.ts';
import { type GitServer, startGitServer } from './testing/git-server.ts';
import {
  type BuiltNotebookProgram,
  buildNotebookProgram,
  notebookOf,
} from './testing/notebook-program.ts';

let server: GitServer;
let program: BuiltNotebookProgram;
let alice: GitHome;
/** Where each hostile key would leave a file of its name. */
let canaries: string;
const repository = 'theirs';
const at = (file: string) => `${repository}/${file}`;

beforeAll(async () => {
  server = await startGitServer();
  program = await buildNotebookProgram();
  server.create('origin');
});

afterAll(async () => {
  await server.close();
  program.close();
});

beforeEach(async () => {
  canaries = mkdtempSync(join(tmpdir(), 'git-canaries-'));
  alice = await startGitHome({
    variables: { GIT_SSL_CAINFO: server.certificate },
    notebookCommand: program.command,
  });
});

afterEach(async () => {
  await alice.close();
  rmSync(canaries, { recursive: true, force: true });
});

const touch = (name: string) => `touch ${join(canaries, name)}`;

/** A program that leaves its canary and passes its input on, as a filter must. */
function canaryProgram(name: string): string {
  const path = join(canaries, 'programs', name);
  mkdirSync(join(canaries, 'programs'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${touch(name)}\nexec cat\n`);
  chmodSync(path, 0o755);
  return path;
}

const sung = () => readdirSync(canaries).filter((name) => name !== 'programs');

/** Every key that can name a program or another file, as a hostile repository would set it. */
function hostileConfiguration(): string {
  const run = canaryProgram;
  writeFileSync(
    join(canaries, 'programs', 'included'),
    `[core]\n\tfsmonitor = ${run('include.path')}\n[alias]\n\tstatus = !${touch('include.alias')}\n`,
  );
  const hooks = join(canaries, 'programs', 'hooks');
  mkdirSync(hooks);
  for (const hook of hookNames) writeHook(join(hooks, hook), `core.hooksPath.${hook}`);
  return `
[core]
	fsmonitor = ${run('core.fsmonitor')}
	hooksPath = ${hooks}
	sshCommand = ${run('core.sshCommand')}
	pager = ${run('core.pager')}
	editor = ${run('core.editor')}
	askPass = ${run('core.askPass')}
	gitProxy = ${run('core.gitProxy')}
	alternateRefsCommand = ${run('core.alternateRefsCommand')}
	attributesFile = ${join(canaries, 'programs', 'attributes')}
	worktree = ${canaries}
[alias]
	status = !${touch('alias.status')}
	commit = !${touch('alias.commit')}
[sequence]
	editor = ${run('sequence.editor')}
[credential]
	helper = ${run('credential.helper')}
[credential "${server.url('origin')}"]
	helper = "!${touch('credential.url.helper')}"
[diff]
	external = ${run('diff.external')}
[diff "evil"]
	textconv = ${run('diff.textconv')}
	command = ${run('diff.command')}
[filter "evil"]
	clean = ${run('filter.clean')}
	smudge = ${run('filter.smudge')}
	required = true
[filter "worse"]
	process = ${run('filter.process')}
[filter "strongroom-notebook"]
	clean = ${run('filter.ours.clean')}
	smudge = ${run('filter.ours.smudge')}
	process = ${run('filter.ours.process')}
[merge "evil"]
	driver = ${run('merge.driver')} %O %A %B
[merge "strongroom-notebook"]
	driver = ${run('merge.ours.driver')} %O %A %B
[gpg]
	program = ${run('gpg.program')}
[commit]
	gpgSign = true
[log]
	showSignature = true
[http]
	proxy = http://localhost:1
	sslVerify = false
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[remote "origin"]
	vcs = evil
	proxy = http://localhost:1
	uploadpack = ${run('remote.uploadpack')}
	receivepack = ${run('remote.receivepack')}
	fetch = +refs/heads/*:refs/heads/stolen/*
[url "ext::sh -c '${touch('url.insteadOf')}' "]
	insteadOf = ${server.url('')}
[submodule]
	recurse = true
[submodule "inside"]
	update = !${touch('submodule.update')}
	url = "ext::sh -c '${touch('submodule.url')}'"
	active = true
[trace2]
	eventTarget = ${join(canaries, 'trace2')}
[user]
	name = Mallory
	email = mallory@example.com
[extensions]
	worktreeConfig = true
[include]
	path = ${join(canaries, 'programs', 'included')}
[includeIf "gitdir:**"]
	path = ${join(canaries, 'programs', 'included')}
`;
}

const hookNames = [
  ...['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'pre-push', 'pre-rebase'],
  ...['post-checkout', 'post-merge', 'pre-merge-commit', 'post-index-change', 'fsmonitor-watchman'],
  ...['reference-transaction', 'post-rewrite', 'pre-auto-gc'],
];

function writeHook(path: string, name: string): void {
  writeFileSync(path, `#!/bin/sh\n${touch(name)}\n`);
  chmodSync(path, 0o755);
}

const attributes =
  '* filter=evil diff=evil merge=evil\n*.bin filter=worse\n*.ipynb merge=strongroom-notebook\n';

/** A repository as an archive from anywhere would bring it, with a remote that is reached. */
async function makeHostile(): Promise<void> {
  await followTask(
    alice,
    alice.ask('clone', { url: server.url('origin'), folder: '', name: repository }),
  );
  alice.write(at('.gitattributes'), attributes);
  for (const file of ['a.txt', 'b.bin']) alice.write(at(file), `${file}\n`);
  alice.write(at('n.ipynb'), notebookOf({ a: 'x = 1' }));
  const hooks = join(alice.home, at('.git/hooks'));
  mkdirSync(hooks, { recursive: true });
  for (const hook of hookNames) writeHook(join(hooks, hook), `hooks.${hook}`);
  alice.write(at('.git/info/attributes'), attributes);
  const configuration = alice.read(at('.git/config')) + hostileConfiguration();
  alice.write(at('.git/config'), configuration);
  writeFileSync(join(canaries, 'programs', 'attributes'), attributes);
  alice.write(
    at('.git/config.worktree'),
    `[core]\n\tfsmonitor = ${canaryProgram('config.worktree')}\n`,
  );
}

describe('a repository with a hostile configuration', () => {
  beforeEach(makeHostile);

  it('would run programs in a terminal', () => {
    try {
      alice.git(repository, 'status');
    } catch {
      // What it does is of no interest, only that it has done it.
    }
    expect(sung().length).toBeGreaterThan(0);
  });

  it('runs none of them, whatever is done with it', async () => {
    const done: string[] = [];
    const expectDone = async (name: string, answer: Promise<unknown>) => {
      await answer;
      done.push(name);
      expect([name, ...sung()]).toEqual([name]);
    };
    const files = ['.gitattributes', 'a.txt', 'b.bin', 'n.ipynb'];
    const message = 'a commit';
    const change = async (name: string, text: string) => {
      alice.write(at('a.txt'), text);
      alice.write(at('n.ipynb'), notebookOf({ a: text }));
      await expectDone(`stage ${name}`, alice.ask('stage', { repository, files }));
      await expectDone(
        `commit ${name}`,
        alice.ask('commit', { repository, message, amends: false }),
      );
    };
    await expectDone('find', alice.ask('find', { folder: repository }));
    await expectDone('repositories', alice.ask('repositories', {}));
    await expectDone('status', alice.ask('status', { repository }));
    await expectDone('stage', alice.ask('stage', { repository, files }));
    await expectDone('unstage', alice.ask('unstage', { repository, files: ['a.txt'] }));
    await change('first', 'one');
    const { commits } = await alice.ask('log', { repository });
    expect(commits[0]?.author).toBe('Alice Kim');
    const commitId = commits[0]?.commitId ?? '';
    await expectDone('commit-files', alice.ask('commit-files', { repository, commitId }));
    for (const of of ['working-tree', 'staged', commitId]) {
      await expectDone('versions', alice.ask('versions', { repository, file: 'a.txt', of }));
    }
    await expectDone('log of a file', alice.ask('log', { repository, file: 'a.txt' }));
    await expectDone('amend', alice.ask('commit', { repository, message, amends: true }));
    await expectDone('branches', alice.ask('branches', { repository }));
    await expectDone('create', alice.ask('create-branch', { repository, name: 'other' }));
    await change('ours', 'two');
    await expectDone('switch', alice.ask('switch-branch', { repository, name: 'other' }));
    await change('theirs', 'three');
    await expectDone('merge', alice.ask('merge', { repository, name: 'main' }));
    await expectDone('conflict', alice.ask('conflict', { repository, file: 'a.txt' }));
    const resolution = { side: 'theirs' } as const;
    await expectDone('resolve', alice.ask('resolve', { repository, file: 'a.txt', resolution }));
    await expectDone('abort', alice.ask('abort-merge', { repository }));
    await expectDone('merge again', alice.ask('merge', { repository, name: 'main' }));
    for (const file of ['a.txt', 'n.ipynb']) {
      await expectDone('resolve', alice.ask('resolve', { repository, file, resolution }));
    }
    await expectDone('continue', alice.ask('continue-merge', { repository }));
    alice.write(at('a.txt'), 'four');
    await expectDone('stash', alice.ask('stash', { repository, message: '' }));
    const pop = { repository, index: 0, drops: true };
    await expectDone('apply', alice.ask('apply-stash', pop));
    await expectDone('discard', alice.ask('discard', { repository, files: ['a.txt'] }));
    const deletion = { repository, name: 'main', force: true };
    await expectDone('delete', alice.ask('delete-branch', deletion));
    const strips = { repository, stripsOutputs: true };
    await expectDone('strip', alice.ask('set-strips-outputs', strips));
    await change('stripped', 'five');
    expect(
      alice.git('', `--git-dir=${at('.git')}`, 'cat-file', 'blob', 'HEAD:n.ipynb'),
    ).not.toContain('an output');
    for (const operation of ['push', 'fetch', 'pull', 'push'] as const) {
      const ended = await followTask(
        alice,
        alice.ask(operation, { repository, ...(operation === 'push' && { setsUpstream: true }) }),
      );
      expect([operation, ended.code]).toEqual([operation, 'none']);
      await expectDone(operation, Promise.resolve());
    }
    // The remote's branches went nowhere but where a remote's belong.
    const { branches } = await alice.ask('branches', { repository });
    expect(branches.map(({ name }) => name).sort()).toEqual(['origin/other', 'other']);
    expect(done.length).toBeGreaterThan(30);
    expect(existsSync(join(alice.home, at('.git/index.lock')))).toBe(false);
  });
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
      `[core]\n\tfsmonitor = ${canaryProgram('inner.fsmonitor')}\n[filter "evil"]\n\tclean = ${canaryProgram('inner.clean')}\n`,
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
      for (const name of sung()) rmSync(join(canaries, name));
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
