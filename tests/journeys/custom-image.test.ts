import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { makeTinyRoot } from '@strongroom/sandbox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient } from '../support/kernel-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const run = promisify(execFile);
const commandLine = resolve(import.meta.dirname, '../../apps/cli/dist/main.js');
const patience = { timeout: 60_000, interval: 200 };
const marker = 'made for this test';

let domain: RunningDomain;
let folder: string;
let alice: ApiClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-custom-image-'));
  domain = await startDomain();
  alice = new ApiClient(domain);
  await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
  await alice.openStudio('alice');
});
afterAll(async () => {
  await domain.remove();
  await rm(folder, { recursive: true, force: true });
});

/** What the operator types: exit status and what was printed. */
async function strongroom(...words: string[]): Promise<{ status: number; printed: string }> {
  const all = [commandLine, ...words, '--data-folder', join(domain.folder, 'data')];
  return run(process.execPath, all).then(
    ({ stdout }) => ({ status: 0, printed: stdout }),
    ({ code, stdout, stderr }) => ({ status: code, printed: `${stdout}${stderr}` }),
  );
}

/** A root file system with what Node.js loads and a kernel that our own programs run. */
async function makeRoot(name: string): Promise<string> {
  const root = join(folder, name);
  await mkdir(root);
  await makeTinyRoot(root, ['sh', 'cat', 'head'], [process.execPath]);
  const kernel = join(root, 'usr/share/jupyter/kernels/tiny');
  await mkdir(kernel, { recursive: true });
  const programs = ['/opt/strongroom/bin/node', '/opt/strongroom/agent/javascript-kernel.js'];
  const spec = {
    ...{ argv: [...programs, '{connection_file}'], display_name: 'Tiny', language: 'javascript' },
    env: { KEPT: 'yes', PATH: '/tmp' },
  };
  await writeFile(join(kernel, 'kernel.json'), JSON.stringify(spec));
  await writeFile(join(root, 'usr', 'marker'), marker);
  return root;
}

async function makeImage(root: string): Promise<string> {
  const layout = join(folder, 'layout');
  await run('umoci', ['init', '--layout', layout]);
  await run('umoci', ['new', '--image', `${layout}:1`]);
  await run('umoci', ['insert', '--image', `${layout}:1`, root, '/']);
  return `oci:${layout}:1`;
}

const specsOf = async () =>
  Object.keys((await alice.studio('alice', '/api/kernelspecs')).json.kernelspecs);

describe('an image of the firm', () => {
  it('is added, checked, used and removed', async () => {
    expect(await specsOf()).toEqual(expect.arrayContaining(['python3', 'bash__bash']));
    const reference = await makeImage(await makeRoot('root'));
    const added = await strongroom('images', 'add', 'tiny', '--from', reference);
    expect(added).toMatchObject({
      status: 0,
      printed: expect.stringMatching(/sha256:[0-9a-f]{64}/),
    });
    const checked = await strongroom('images', 'check', 'tiny');
    expect(checked).toMatchObject({ status: 0, printed: expect.stringContaining('ran a cell') });

    await expect.poll(specsOf, patience).toContain('tiny__tiny');
    const kernel = await KernelClient.start(alice, 'alice', 'tiny__tiny');
    const { printed } = await kernel.execute(
      `const fs = require('fs');
       console.log(fs.readFileSync('/usr/marker', 'utf8'), fs.existsSync('/usr/share/python3'),
         process.env.KEPT, process.env.PATH.includes('/tmp'), process.getuid());
       try { fs.writeFileSync('/usr/x', ''); } catch (error) { console.log(error.code); }`,
    );
    expect(printed).toBe(`${marker} false yes false 1000\nEROFS\n`);

    const choices = await alice.studio('alice', '/strongroom/api/compute');
    expect(choices.json.images).toContainEqual(
      expect.objectContaining({ imageName: 'tiny', state: 'ready', isDefault: false }),
    );
    const removed = await strongroom('images', 'remove', 'tiny', '--yes');
    expect(removed.status).toBe(0);
    const apps = async () =>
      (await alice.studio('alice', '/strongroom/api/compute/apps')).json.apps;
    await expect
      .poll(
        async () =>
          (await apps()).filter(({ imageName }: { imageName: string }) => imageName === 'tiny'),
        patience,
      )
      .toEqual([]);
    await expect.poll(specsOf, patience).not.toContain('tiny__tiny');
    expect(await readFile(join(domain.folder, 'strongroom.yaml'), 'utf8')).not.toContain('tiny');
  });

  it('is told, named nowhere else and started by nobody where it is hostile', async () => {
    const root = await makeRoot('hostile');
    await rm(join(root, 'etc'), { recursive: true });
    await symlink('/etc', join(root, 'etc'));
    const added = await strongroom('images', 'add', 'hostile', '--from', root);
    expect(added).toMatchObject({
      status: 1,
      printed: expect.stringContaining('/etc is no folder'),
    });
    expect((await specsOf()).filter((name) => name.startsWith('hostile'))).toEqual([]);
    const body = { name: 'hostile__tiny' };
    const started = await alice.studio('alice', '/api/kernels', { method: 'POST', body });
    expect(started.status).toBeGreaterThanOrEqual(400);
  });
});
