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
