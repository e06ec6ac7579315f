import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GitAnswer, GitOperationName, GitRequest } from '@strongroom/contracts';
import { startTestAgent, type TestAgent } from '../../testing/test-agent.ts';

export interface GitHome {
  readonly agent: TestAgent;
  readonly home: string;
  /** Carries an operation out; throws where it is refused. */
  ask<Name extends GitOperationName>(
    name: Name,
    request: GitRequest<Name>,
  ): Promise<GitAnswer<Name>>;
  /** The code with which an operation is refused; 'none' where it is carried out. */
  refusal<Name extends GitOperationName>(name: Name, request: GitRequest<Name>): Promise<string>;
  /** The person's own git, as in a terminal. */
  git(folder: string, ...parameters: string[]): string;
  write(path: string, text: string): void;
  read(path: string): string;
  close(): Promise<void>;
}

export interface GitHomeOptions {
  /** A folder that is there; a new one by default. */
  readonly home?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly notebookCommand?: string;
}

/** An agent with a home of its own, in which the person has said who they are. */
export async function startGitHome(options: GitHomeOptions = {}): Promise<GitHome> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'git-home-'));
  const variables = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: home,
    // Nothing of the machine that the tests run on.
    GIT_CONFIG_SYSTEM: '/dev/null',
    ...options.variables,
  };
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\n\tname = Alice Kim\n\temail = alice@example.com\n[init]\n\tdefaultBranch = main\n',
  );
  const agent = await startTestAgent(
    { homeFolder: home, shellEnvironment: variables },
    { notebookCommand: options.notebookCommand },
  );
  const post = async (name: string, body: unknown) =>
    await agent.send('POST', `/api/strongroom/git/${name}`, { body });
  return {
    agent,
    home,
    async ask(name, request) {
      const answer = await post(name, request);
      if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.text}`);
      return answer.json();
    },
    async refusal(name, request) {
      const answer = await post(name, request);
      return answer.status === 200 ? 'none' : answer.json().reason;
    },
    git: (folder, ...parameters) =>
      execFileSync('git', parameters, {
        cwd: join(home, folder),
        env: variables,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }).trimEnd(),
    write(path, text) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    },
    read: (path) => readFileSync(join(home, path), 'utf8'),
    async close() {
      await agent.close();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
