import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient } from '../support/kernel-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const mayMount = process.getuid?.() === 0;
const mebibyte = 1024 ** 2;

// Only root may mount the small file system that stands for a disk that fills.
describe.runIf(mayMount)('a notebook that one person shares with another', () => {
  let domain: RunningDomain;
  let alice: ApiClient;
  let bob: ApiClient;
  let admin: ApiClient;
  let homes: string;
  let shareId: string;
  let largeShareId: string;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strongroom-sharing-'));
    homes = join(folder, 'data', 'homes');
    mkdirSync(homes, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m,mode=0711', 'tmpfs', homes]);
    domain = await startDomain({ folder });
    const signIn = async (name: string) => {
      const client = new ApiClient(domain);
      await client.firstSignIn(name, domain.oneTimePasswords.get(name) ?? '');
      return client;
    };
    [alice, bob, admin] = await Promise.all([signIn('alice'), signIn('bob'), signIn('admin')]);
    await alice.openStudio('alice');
  });

  afterAll(async () => {
    await domain.stop();
    execFileSync('umount', [homes]);
    await domain.remove();
  });

  const post = (client: ApiClient, path: string, body: object = {}) => {
    const headers = { 'x-strongroom-csrf': client.csrfToken };
    return client.console(path, { method: 'POST', body, headers });
  };
  const save = async (path: string, cells: readonly object[]) => {
    const content = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
    const body = { type: 'notebook', format: 'json', content };
    const saved = await alice.studio('alice', `/api/contents/${path}`, { method: 'PUT', body });
    expect(saved.status).toBeLessThan(300);
  };
  const cell = (source: string, text = '') => ({
    ...{ cell_type: 'code', id: `c${source.length}`, metadata: {}, execution_count: 1, source },
    outputs: text === '' ? [] : [{ output_type: 'stream', name: 'stdout', text }],
  });
  const share = (path: string, people: readonly string[] = ['bob']) =>
    alice.studio('alice', '/strongroom/api/shares', {
      method: 'POST',
      body: {
        ...{ path, includesOutputs: true, note: 'Look', acceptsWarnings: false },
        audience: { everyone: false, teams: [], people },
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
    });
  const copy = (client: ApiClient, id = shareId) =>
    post(client, `/api/shares/${id}/copies`, { version: 1 });

  it('is stopped in her studio where it holds a resident registration number', async () => {
    await save('people.ipynb', [cell('1'), cell('show()', 'number 900101-1234568\n')]);
    const answer = await share('people.ipynb');
    expect(answer.json.error).toMatchObject({ code: 'ShareBlocked', values: { cell: 2 } });
  });

  it('is read by him, and by nobody else', async () => {
    const page = { output_type: 'display_data', metadata: {}, data: { 'text/html': '<b>1</b>' } };
    await save('rates.ipynb', [{ ...cell('print("one")'), outputs: [page] }]);
    const made = await share('rates.ipynb');
    expect(made.status).toBe(200);
    ({ shareId } = made.json);
    const notebook = `/api/shares/${shareId}/versions/1/notebook`;
    const read = await bob.console(notebook);
    expect(read.json.cells[0].outputs).toMatchObject([{ output_type: 'display_data' }]);
    expect(read.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment;/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
    const refused = await admin.console(notebook);
    expect(refused.json.error.code).toBe('AccessDenied');
  });

  it('is copied into his home while no studio of his runs, with where it came from', async () => {
    const first = await copy(bob);
    expect(first.json).toEqual({
      path: 'rates.ipynb',
      openUrl: `${domain.consoleUrl}/launch/bob?open=rates.ipynb`,
    });
    expect((await copy(bob)).json.path).toBe('rates-1.ipynb');
    const content = await bob.console('/api/profiles/bob/files/content?path=rates.ipynb');
    const { metadata, cells } = JSON.parse(content.text);
    expect(metadata.strongroom).toMatchObject({ sharedBy: 'alice', shareId, version: 1 });
    expect(cells).toHaveLength(1);
  });

  it('is copied into his home while his studio runs, where he can change and run it', async () => {
    await bob.openStudio('bob');
    const { path } = (await copy(bob)).json;
    expect(path).toBe('rates-2.ipynb');
    const opened = await bob.studio('bob', `/api/contents/${path}?content=1`);
    expect(opened.json).toMatchObject({ type: 'notebook', writable: true });
    // Nothing that was shared is trusted on arrival.
    expect(opened.json.content.cells[0].metadata.trusted).not.toBe(true);
    const body = { type: 'notebook', format: 'json', content: opened.json.content };
    const saved = await bob.studio('bob', `/api/contents/${path}`, { method: 'PUT', body });
    expect(saved.status).toBe(200);
    const kernel = await KernelClient.start(bob, 'bob');
    expect((await kernel.execute(opened.json.content.cells[0].source)).printed).toBe('one\n');
  });

  it('of 10 MB is shared while the control plane answers others', async () => {
    const cells = Array.from({ length: 200 }, (_, index) => cell(`x${index}`, lineOf(50_000)));
    await save('large.ipynb', cells);
    let isShared = false;
    let answered = 0;
    const made = share('large.ipynb').finally(() => {
      isShared = true;
    });
    while (!isShared) {
      expect((await bob.console('/api/session')).status).toBe(200);
      answered += 1;
    }
    largeShareId = (await made).json.shareId;
    expect((await made).json.latestVersion.sizeBytes).toBeGreaterThan(10 * 1000 ** 2);
    expect(answered).toBeGreaterThan(3);
  });

  it('leaves nothing in a home that it does not fit into, and says why', async () => {
    const kernel = await KernelClient.start(bob, 'bob');
    await kernel.execute(
      [
        'try:',
        "    with open('fill', 'wb') as file:",
        '        while True: file.write(bytes(1024 * 1024)); file.flush()',
        'except OSError: pass',
      ].join('\n'),
    );
    const before = await namesOf(bob);
    const answer = await copy(bob, largeShareId);
    expect([answer.status, answer.json.error?.code]).toEqual([507, 'DiskFull']);
    expect(await namesOf(bob)).toEqual(before);
    await kernel.execute("import os; os.remove('fill')");
  });

  it('is closed for him, in an open page too, when she revokes it', async () => {
    const revoked = await alice.studio('alice', `/strongroom/api/shares/${shareId}/revoke`, {
      method: 'POST',
      body: {},
    });
    expect(revoked.json.state).toBe('revoked');
    for (const path of ['', '/versions/1/notebook', '/comments']) {
      const answer = await bob.console(`/api/shares/${shareId}${path}`);
      expect([answer.status, answer.json.error.code]).toEqual([410, 'ShareRevoked']);
    }
    expect((await copy(bob)).json.error.code).toBe('ShareRevoked');
  });

  it('may not be larger than the domain allows, nor anything but a notebook', async () => {
    const kernel = await KernelClient.start(alice, 'alice');
    await kernel.execute(
      `import os\nopen('huge.ipynb', 'w').close()\nos.truncate('huge.ipynb', ${200 * mebibyte})`,
    );
    await kernel.execute("open('text.ipynb', 'w').write('hello')");
    expect((await share('huge.ipynb')).json.error.code).toBe('NotebookTooLarge');
    expect((await share('text.ipynb')).json.error.code).toBe('NotANotebook');
    expect((await share('missing.ipynb')).json.error.code).toBe('FileNotFound');
  });
});

async function namesOf(client: ApiClient): Promise<readonly string[]> {
  const { json } = await client.console('/api/profiles/bob/files?path=');
  return json.entries.map(({ name }: { name: string }) => name).sort();
}

function lineOf(characters: number): string {
  return `${'rate 3.5 of day 20260101 is fine, '.repeat(Math.ceil(characters / 34))}\n`;
}
