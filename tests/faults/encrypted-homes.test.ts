import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient } from '../support/kernel-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const canary = 'the canary sings in the coal mine';
const isRoot = process.getuid?.() === 0;
let domain: RunningDomain;

beforeEach(async () => {
  domain = await startDomain();
});
afterEach(() => domain.remove());

async function signIn(password = domain.oneTimePasswords.get('alice') ?? ''): Promise<ApiClient> {
  const alice = new ApiClient(domain);
  await alice.firstSignIn('alice', password);
  await alice.openStudio('alice');
  return alice;
}

async function save(alice: ApiClient, path: string, content: string): Promise<number> {
  const body = { type: 'file', format: 'text', content };
  return (await alice.studio('alice', `/api/contents/${path}`, { method: 'PUT', body })).status;
}

async function read(alice: ApiClient, path: string): Promise<unknown> {
  return (await alice.studio('alice', `/api/contents/${path}?content=1`)).json.content;
}

/** What whoever has the disk finds in the data folder. */
function grep(text: string): string {
  return spawnSync('grep', ['-r', '-a', '--fixed-strings', text, dataFolder()]).stdout.toString();
}

const dataFolder = () => join(domain.folder, 'data');

function strongroom(...words: string[]): string {
  const options = ['--data-folder', dataFolder()];
  const program = ['apps/cli/dist/main.js', ...words, ...options];
  return execFileSync(process.execPath, program, { encoding: 'utf8' });
}

describe('an encrypted home', () => {
  it('leaves nothing to read on the disk, stopped or killed, and every file to its owner', async () => {
    const alice = await signIn();
    expect(await save(alice, 'canary.txt', canary)).toBe(201);
    await KernelClient.start(alice, 'alice');
    await domain.kill();
    await expect.poll(() => grep(canary), { timeout: 10_000 }).toBe('');
    const names = readdirSync(join(dataFolder(), 'homes'), { recursive: true }).join('\n');
    expect(names).not.toContain('canary');

    domain = await domain.restart();
    const again = await signIn(
      /^ {2}alice {2,}(\S+)$/m.exec(strongroom('users', 'reset-password', 'alice'))?.[1],
    );
    expect(await read(again, 'canary.txt')).toBe(canary);
    expect(await domain.stop()).toBe(0);
    expect(grep(canary)).toBe('');
    expect(readdirSync(join(dataFolder(), 'run', 'homes'))).toEqual([]);
  });

  it('is kept in snapshots by command, and restored beside what is there', async () => {
    const alice = await signIn();
    await save(alice, 'report.txt', 'before');
    expect(() => strongroom('homes', 'snapshot', 'alice')).toThrow(/in use/);
    const made = strongroom('homes', 'snapshot', 'alice', '--stop-studio');
    const snapshotId = /snapshot (\S+)/.exec(made)?.[1] ?? '';
    expect(strongroom('homes', 'snapshots', 'alice')).toContain(snapshotId);
    await alice.openStudio('alice');
    await save(alice, 'report.txt', 'after');
    strongroom('homes', 'restore', 'alice', '--snapshot', snapshotId, '--to', 'old');
    expect(await read(alice, 'old/report.txt')).toBe('before');
    expect(await read(alice, 'report.txt')).toBe('after');
    strongroom('homes', 'delete-snapshot', 'alice', '--snapshot', snapshotId);
    expect(strongroom('homes', 'snapshots', 'alice')).toContain('no snapshot');
    const events = strongroom('audit', 'show');
    for (const event of ['home-snapshot-created', 'home-restored', 'home-snapshot-deleted']) {
      expect(events).toContain(event);
    }
  });

  it.runIf(isRoot)('stops at the quota of the domain file, and keeps what was saved', async () => {
    await domain.stop();
    const file = join(domain.folder, 'strongroom.yaml');
    execFileSync('sed', ['-i', 's/# homeQuotaGibibytes: 50/homeQuotaGibibytes: 0.06/', file]);
    domain = await domain.restart();
    const alice = await signIn(
      /^ {2}alice {2,}(\S+)$/m.exec(strongroom('users', 'reset-password', 'alice'))?.[1],
    );
    expect(await save(alice, 'report.txt', 'the old report')).toBe(201);
    const kernel = await KernelClient.start(alice, 'alice');
    const filled = await kernel.execute(
      [
        'import errno',
        'try:',
        "    with open('fill', 'wb') as file:",
        '        for _ in range(200): file.write(bytes(1024 * 1024)); file.flush()',
        'except OSError as error:',
        '    print(errno.errorcode[error.errno])',
      ].join('\n'),
    );
    expect(filled.printed.trim()).toBe('ENOSPC');
    expect(await save(alice, 'report.txt', 'x'.repeat(2 * 1024 * 1024))).toBe(507);
    expect(await read(alice, 'report.txt')).toBe('the old report');
  });
});
