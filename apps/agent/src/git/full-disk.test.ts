import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followTask } from './testing/follow-task.ts';
import { type GitHome, startGitHome } from './testing/git-home.ts';
import { startGitServer } from './testing/git-server.ts';

// A really full disk needs a file system of its own, and mounting one needs root.
describe.skipIf(process.getuid?.() !== 0)('on a full disk', () => {
  let alice: GitHome;
  let home: string;
  const repository = 'model';

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'full-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', home]);
  });

  afterEach(async () => {
    await alice.close();
    execFileSync('umount', [home]);
    rmdirSync(home);
  });

  function fillDisk(): void {
    for (const size of [64 * 1024, 4096]) {
      for (let index = 0; ; index += 1) {
        const path = join(home, `fill-${size}-${index}`);
        try {
          writeFileSync(path, Buffer.alloc(size, 1));
        } catch {
          rmSync(path, { force: true });
          break;
        }
      }
    }
  }

  it('a change is refused with that reason, and the repository is as it was', async () => {
    alice = await startGitHome({ home });
    alice.write(`${repository}/a.txt`, 'one\n');
    await alice.ask('init', { folder: repository });
    await alice.ask('stage', { repository, files: ['a.txt'] });
    await alice.ask('commit', { repository, message: 'one', amends: false });
    alice.write(`${repository}/b.bin`, randomBytes(100_000).toString('latin1'));
    fillDisk();
    expect(await alice.refusal('stage', { repository, files: ['b.bin'] })).toBe('DiskFull');
    const commit = { repository, message: 'two', amends: true };
    expect(await alice.refusal('commit', commit)).toBe('DiskFull');
    expect(await alice.refusal('create-branch', { repository, name: 'other' })).toBe('DiskFull');
    const status = await alice.ask('status', { repository });
    expect(status).toMatchObject({ branch: 'main', untracked: ['b.bin'], staged: [] });
    for (const name of readdirSync(home)) {
      if (name.startsWith('fill-')) rmSync(join(home, name));
    }
    await alice.ask('stage', { repository, files: ['b.bin'] });
  });

  it('a clone is refused with that reason, and leaves nothing', async () => {
    const server = await startGitServer();
    const colleague = await startGitHome({ variables: { GIT_SSL_CAINFO: server.certificate } });
    server.create('large');
    const url = server.url('large');
    await followTask(colleague, colleague.ask('clone', { url, folder: '' }));
    colleague.write('large/a.bin', randomBytes(1_500_000).toString('base64'));
    await colleague.ask('stage', { repository: 'large', files: ['a.bin'] });
    await colleague.ask('commit', { repository: 'large', message: 'large', amends: false });
    await followTask(colleague, colleague.ask('push', { repository: 'large' }));
    alice = await startGitHome({ home, variables: { GIT_SSL_CAINFO: server.certificate } });
    const ended = await followTask(alice, alice.ask('clone', { url, folder: '' }));
    expect(ended.code).toBe('DiskFull');
    expect(readdirSync(home)).toEqual(['.gitconfig']);
    await colleague.close();
    await server.close();
  });
});
