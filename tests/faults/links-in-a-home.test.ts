import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient } from '../support/kernel-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

let domain: RunningDomain;
let alice: ApiClient;

const links = {
  'to-shadow': '/etc/shadow',
  'to-another-home': '/home/bob/secret.txt',
  'to-the-data-folder': '',
  'to-itself': 'to-itself',
  'to-a-parent': '../../../../../../etc/shadow',
};

beforeAll(async () => {
  domain = await startDomain();
  links['to-the-data-folder'] = `${domain.folder}/data/homes/bob`;
  alice = new ApiClient(domain);
  await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
  await alice.openStudio('alice');
  const kernel = await KernelClient.start(alice, 'alice');
  for (const [name, target] of Object.entries(links))
    await kernel.execute(
      `import os; os.symlink(${JSON.stringify(target)}, ${JSON.stringify(name)})`,
    );
  await kernel.execute("os.mkfifo('a-pipe')");
});

afterAll(() => domain.remove());

describe('a link in a home that points out of it', () => {
  it.each([...Object.keys(links), 'a-pipe'])('is not read through Lab: %s', async (name) => {
    for (const path of [`/api/contents/${name}?content=1`, `/files/${name}`]) {
      const answer = await alice.studio('alice', path);
      expect([400, 403, 404]).toContain(answer.status);
      expect(answer.text).not.toContain('root:');
    }
  });

  it.each([...Object.keys(links), 'a-pipe'])(
    'is not read through the console: %s',
    async (name) => {
      const answer = await alice.console(`/api/profiles/alice/files/content?path=${name}`);
      expect([400, 403, 404]).toContain(answer.status);
      expect(answer.text).not.toContain('root:');
    },
  );

  it('is not read while it takes turns with a file of one’s own', async () => {
    const kernel = await KernelClient.start(alice, 'alice');
    await kernel.execute(`
import os, threading
racing = True
def race():
    while racing:
        with open('own.txt', 'w') as file: file.write('mine')
        os.rename('own.txt', 'turns.txt')
        os.symlink('/etc/passwd', 'link.txt')
        os.rename('link.txt', 'turns.txt')
threading.Thread(target=race, daemon=True).start()`);
    const paths = ['/api/contents/turns.txt?content=1', '/files/turns.txt'];
    for (let turn = 0; turn < 100; turn += 1) {
      const answers = await Promise.all([
        ...paths.map((path) => alice.studio('alice', path)),
        alice.console('/api/profiles/alice/files/content?path=turns.txt'),
      ]);
      for (const { text } of answers) expect(text).not.toMatch(/root:|nobody:/);
    }
    await kernel.execute('racing = False');
  });

  it('cannot be made a hard link, nor can a device be', async () => {
    const kernel = await KernelClient.start(alice, 'alice');
    const { printed } = await kernel.execute(`
import os
for attempt in (lambda: os.link('/etc/passwd', 'hard'), lambda: os.link('/usr/bin/env', 'hard'),
                lambda: os.mknod('device', 0o20666, os.makedev(1, 1))):
    try: attempt(); print('made')
    except OSError as error: print(type(error).__name__)`);
    expect(printed.trim().split('\n')).toHaveLength(3);
    expect(printed).not.toContain('made');
    for (const name of ['hard', 'device']) {
      expect((await alice.studio('alice', `/api/contents/${name}`)).status).toBe(404);
    }
  });

  it('does not stop the folder from being listed', async () => {
    const lab = await alice.studio('alice', '/api/contents/?content=1');
    expect(lab.status).toBe(200);
    const console = await alice.console('/api/profiles/alice/files?path=');
    expect(console.status).toBe(200);
    expect(console.json.entries.map((entry: { name: string }) => entry.name)).toContain(
      'to-shadow',
    );
  });

  it.each(['../bob', '..%2f..%2fetc%2fpasswd', 'a%00b', '/etc/passwd', `${'x'.repeat(300)}`])(
    'nor is a path that leaves the home: %s',
    async (path) => {
      for (const answer of [
        await alice.studio('alice', `/api/contents/${path}?content=1`),
        await alice.studio('alice', `/files/${path}`),
        await alice.console(`/api/profiles/alice/files/content?path=${path}`),
      ]) {
        expect([400, 403, 404]).toContain(answer.status);
        expect(answer.text).not.toContain('root:');
      }
    },
  );
});
