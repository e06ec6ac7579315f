import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Canaries, startCanaries } from './testing/canaries.ts';
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
let canaries: Canaries;
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
  canaries = startCanaries();
  alice = await startGitHome({
    variables: { GIT_SSL_CAINFO: server.certificate },
    notebookCommand: program.command,
  });
});

afterEach(async () => {
  await alice.close();
  canaries.close();
});

const sung = () => canaries.sung();

/** Every key that can name a program or another file, as a hostile repository would set it. */
function hostileConfiguration(): string {
  const { programs } = canaries;
  const run = (name: string) => canaries.program(name);
  const touch = (name: string) => canaries.command(name);
  writeFileSync(
    join(programs, 'included'),
    `[core]\n\tfsmonitor = ${run('include.path')}\n[alias]\n\tstatus = !${touch('include.alias')}\n`,
  );
  const hooks = join(programs, 'hooks');
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
	attributesFile = ${join(programs, 'attributes')}
	worktree = ${programs}
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
	eventTarget = ${canaries.program('trace2')}
[user]
	name = Mallory
	email = mallory@example.com
[extensions]
	worktreeConfig = true
[include]
	path = ${join(programs, 'included')}
[includeIf "gitdir:**"]
	path = ${join(programs, 'included')}
`;
}

const hookNames = [
  ...['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'pre-push', 'pre-rebase'],
  ...['post-checkout', 'post-merge', 'pre-merge-commit', 'post-index-change', 'fsmonitor-watchman'],
  ...['reference-transaction', 'post-rewrite', 'pre-auto-gc'],
];

function writeHook(path: string, name: string): void {
  writeFileSync(path, `#!/bin/sh\n${canaries.command(name)}\n`);
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
  writeFileSync(join(canaries.programs, 'attributes'), attributes);
  alice.write(
    at('.git/config.worktree'),
    `[core]\n\tfsmonitor = ${canaries.program('config.worktree')}\n`,
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
