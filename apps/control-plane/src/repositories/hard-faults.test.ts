import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../http/testing/running-console.ts';
import { type GitClient, openGitClient } from './testing/git-client.ts';
import { repositoriesKeyAlias } from './volume-secret.ts';

const isRoot = process.getuid?.() === 0;
const mebibyte = 1024 ** 2;

let running: RunningConsole;
let client: GitClient;
let url: string;

async function open(options: Parameters<typeof runConsole>[0]): Promise<void> {
  running = await runConsole(options);
  client = await openGitClient(running);
}

async function fill(): Promise<void> {
  await client.create('alice', { name: 'models' });
  url = client.url('models', 'alice', await client.token('alice'));
  await client.commit('work', { 'a.txt': 'a\n' });
  expect((await client.push('work', url, 'main')).code).toBe(0);
}

describe('repositories whose key is disabled', () => {
  beforeAll(async () => {
    await open({ repositoriesVolume: 'gocryptfs' });
    await fill();
  });
  afterAll(async () => {
    await client.close();
    await running.close();
  });

  it('are away at once, say why, and are there again with the key', async () => {
    // Nothing that this leaves in memory is of use without the key.
    expect((await client.git(['ls-remote', url])).code).toBe(0);
    const { keys } = running.storage;
    const caller = { principal: 'platform' };
    await keys.disable(repositoriesKeyAlias, { caller });
    const refused = await client.git(['ls-remote', url]);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('KeyUnavailable');
    const browser = await running.browserOf('alice');
    const page = await browser.send('/api/repositories/models/branches');
    expect(page.json.error.code).toBe('KeyUnavailable');
    await keys.enable(repositoriesKeyAlias, { caller });
    expect((await client.git(['ls-remote', url])).code).toBe(0);
  });

  it('end what is under way', async () => {
    await client.commit('work', { noise: randomBytes(8 * mebibyte) });
    expect((await client.push('work', url, 'main')).code).toBe(0);
    const started = once(running.repositories.processes, 'started');
    const cloning = client.git(['clone', '-q', url, 'cut']);
    await started;
    const { keys } = running.storage;
    const caller = { principal: 'platform' };
    await keys.disable(repositoriesKeyAlias, { caller });
    expect((await cloning).code).not.toBe(0);
    await keys.enable(repositoriesKeyAlias, { caller });
    expect((await client.git(['clone', '-q', url, 'whole'])).code).toBe(0);
  });
});

describe.skipIf(!isRoot)('a repository whose disk is full', () => {
  let folder: string;
  beforeAll(async () => {
    await open({});
    folder = join(running.repositories.dataFolder, 'repositories');
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder]);
    await fill();
  });
  afterAll(async () => {
    await client.close();
    await running.repositories.processes.close();
    execFileSync('umount', ['--lazy', folder]);
    await running.close();
  });

  it('takes nothing more, says so, and stays whole', async () => {
    await client.commit('work', { noise: randomBytes(8 * mebibyte) });
    const refused = await client.push('work', url, 'main');
    expect(refused.code).not.toBe(0);
    expect(refused.output).toMatch(/remote: .*No space left on device/);
    expect((await client.git(['clone', '-q', url, 'copy'])).code).toBe(0);
    await client.git(['-C', 'work', 'reset', '-q', '--hard', 'HEAD^']);
    await client.commit('work', { 'b.txt': 'b\n' });
    expect((await client.push('work', url, 'main')).code).toBe(0);
    expect((await client.git(['-C', 'copy', 'pull', '-q'])).code).toBe(0);
  });
});
