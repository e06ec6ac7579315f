import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient } from '../support/kernel-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const mayMount = process.getuid?.() === 0;

// Only root may mount the small file system that stands for a disk that fills.
describe.runIf(mayMount)('a disk that is full', () => {
  let domain: RunningDomain;
  let alice: ApiClient;
  let homes: string;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strongroom-full-'));
    homes = join(folder, 'data', 'homes');
    mkdirSync(homes, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0711', 'tmpfs', homes]);
    domain = await startDomain({ folder });
    alice = new ApiClient(domain);
    await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
    await alice.openStudio('alice');
  });

  afterAll(async () => {
    await domain.stop();
    execFileSync('umount', [homes]);
    await domain.remove();
  });

  it('refuses the save with 507, keeps the file as it was and the studio open', async () => {
    const save = (content: string) =>
      alice.studio('alice', '/api/contents/report.txt', {
        method: 'PUT',
        body: { type: 'file', format: 'text', content },
      });
    expect((await save('the old report')).status).toBe(201);

    const kernel = await KernelClient.start(alice, 'alice');
    const filled = await kernel.execute(
      [
        'import errno',
        'try:',
        "    with open('fill', 'wb') as file:",
        '        while True: file.write(bytes(1024 * 1024)); file.flush()',
        'except OSError as error:',
        '    print(errno.errorcode[error.errno])',
      ].join('\n'),
    );
    expect(filled.printed.trim()).toBe('ENOSPC');

    const refused = await save('x'.repeat(1024 * 1024));
    expect(refused.status).toBe(507);
    expect(refused.json.message).toMatch(/disk is full/i);
    const read = await alice.studio('alice', '/api/contents/report.txt?content=1');
    expect(read.json.content).toBe('the old report');

    const freed = await kernel.execute("import os; os.remove('fill'); print('freed')");
    // IPython also complains, in the same cell, that its history did not fit.
    expect(freed.printed).toContain('freed\n');
    expect((await save('the new report')).status).toBe(200);
  });
});
