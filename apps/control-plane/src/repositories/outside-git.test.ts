import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../http/testing/running-console.ts';

let running: RunningConsole;
let folder: string;

beforeAll(async () => {
  running = await runConsole();
  folder = await mkdtemp(join(tmpdir(), 'strongroom-git-'));
});
afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

const run = promisify(execFile);
const environment = {
  ...{ PATH: process.env['PATH'], HOME: '/nonexistent', GIT_TERMINAL_PROMPT: '0' },
  ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
  ...{ GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' },
  ...{ GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' },
};

async function git(...words: string[]): Promise<{ code: number; output: string }> {
  try {
    const { stdout, stderr } = await run('git', words, { env: environment, cwd: folder });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

async function tokenOf(profileName: string, permission = 'read-write'): Promise<string> {
  const browser = await running.browserOf(profileName);
  const body = { name: 'laptop', permission, lifetimeDays: 30 };
  const { status, json } = await browser.send('/api/personal-tokens', {
    method: 'POST',
    body: JSON.stringify(body),
  });
  expect(status).toBe(201);
  return json.secret;
}

function url(name: string, profileName: string, token: string): string {
  return `http://${profileName}:${token}@127.0.0.1:${running.listener.port}/v1/repos/${name}`;
}
const host = () => ['-c', `http.extraHeader=Host: ${new URL(running.origins.console).host}`];

describe('a repository, from outside', () => {
  it('is created, pushed to and cloned with a token', async () => {
    const browser = await running.browserOf('alice');
    const body = JSON.stringify({ name: 'models', description: 'Ours', access: [] });
    const made = await browser.send('/api/repositories', { method: 'POST', body });
    expect([made.status, made.json]).toMatchObject([201, { name: 'models', isEmpty: true }]);
    const token = await tokenOf('alice');
    expect((await git('init', '-q', '-b', 'main', 'work')).code).toBe(0);
    await writeFile(join(folder, 'work/a.txt'), 'hello\n');
    await git('-C', 'work', 'add', '.');
    await git('-C', 'work', 'commit', '-qm', 'first');
    const pushed = await git(
      '-C',
      'work',
      ...host(),
      'push',
      url('models', 'alice', token),
      'main',
    );
    console.log(pushed);
    expect(pushed.code).toBe(0);
    const cloned = await git(...host(), 'clone', url('models', 'alice', token), 'copy');
    console.log(cloned, running.logged.slice(-12).join(''));
    expect(cloned.code).toBe(0);
  });
});
