import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../http/testing/running-console.ts';
import { type GitClient, openGitClient } from './testing/git-client.ts';

let running: RunningConsole;
let client: GitClient;
let url: string;

beforeAll(async () => {
  running = await runConsole();
  client = await openGitClient(running);
  await client.create('alice', { name: 'models' });
  url = client.url('models', 'alice', await client.token('alice'));
  await client.commit('work', { 'a.txt': 'a\n' });
  expect((await client.push('work', url, 'main')).code).toBe(0);
});
afterAll(async () => {
  await client.close();
  await running.close();
});

/** A commit of what is written for fast-import(1), on a branch of its own. */
async function imported(branch: string, commands: string): Promise<void> {
  const input = `commit refs/heads/${branch}\ncommitter A <a@example.com> 0 +0000\ndata 1\nx\n${commands}\n`;
  const child = spawn('git', ['-C', client.path('work'), 'fast-import', '--quiet']);
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code).toBe(0);
}

async function expectWhole(): Promise<void> {
  await client.commit('work', { 'a.txt': `${Math.random()}\n` });
  expect((await client.push('work', url, 'main')).code).toBe(0);
}

describe('a small push that becomes large', () => {
  it('by content that is repeated is stopped by what a file may have', async () => {
    running.repositories.limits.maximumPushBytes = 8 * 1024 ** 2;
    const zeros = Buffer.alloc(64 * 1024 ** 2);
    await client.commit('work', { zeros });
    const refused = await client.push('work', url, 'main');
    expect(refused.code).not.toBe(0);
    delete running.repositories.limits.maximumPushBytes;
    await client.git(['-C', 'work', 'reset', '-q', '--hard', 'HEAD^']);
    await expectWhole();
  });

  it('by folders in folders is stopped by the length of a path', async () => {
    await imported('deep', `M 644 inline ${'d/'.repeat(3_000)}f\ndata 1\nx\n`);
    const refused = await client.push('work', url, 'deep');
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('a path in it is too long');
    await expectWhole();
  });

  it('by a tree that holds itself many times is shown a folder at a time', async () => {
    // Ten entries of ten entries …: a path for each of 10 to the 12th.
    let tree = '';
    const blob = (
      await client.git(['-C', 'work', 'hash-object', '-w', '--stdin'], 'x')
    ).output.trim();
    let line = (index: number) => `100644 blob ${blob}\tf${index}`;
    for (let depth = 0; depth < 12; depth += 1) {
      const lines = Array.from({ length: 10 }, (_, index) => line(index)).join('\n');
      tree = (await client.git(['-C', 'work', 'mktree'], `${lines}\n`)).output.trim();
      const current = tree;
      line = (index) => `040000 tree ${current}\td${index}`;
    }
    const commit = (
      await client.git(['-C', 'work', 'commit-tree', '-m', 'wide', tree])
    ).output.trim();
    const pushed = await client.push('work', url, `${commit}:refs/heads/wide`);
    expect(pushed.code).toBe(0);
    const browser = await running.browserOf('alice');
    const path = 'd0/d1/d2';
    const folder = await browser.send(`/api/repositories/models/tree?revision=wide&path=${path}`);
    expect(folder.json.entries).toHaveLength(10);
    // What it changed is without end: the answer is bounded, in time and in size.
    const details = await browser.send(`/api/repositories/models/commits/${commit}`);
    expect([200, 503]).toContain(details.status);
    await expectWhole();
  }, 120_000);
});
