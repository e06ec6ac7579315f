import { randomBytes } from 'node:crypto';
import { chmod, chown, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HostSetup } from '../host-setup.ts';
import { inspectHost } from '../inspect-host.ts';
import { openSandboxHost } from '../open-sandbox-host.ts';
import type { SandboxHost } from '../sandbox-host.ts';
import { makeTinyRoot } from '../testing/tiny-root.ts';

const mebibyte = 1024 * 1024;
const secret = 'of the host alone';

describe('a folder as the root of a sandbox', () => {
  let setup: HostSetup;
  let folder: string;
  let root: string;
  let host: SandboxHost;
  let hostUid: number | undefined;

  beforeAll(async () => {
    const inspection = await inspectHost();
    if (inspection.setup === undefined) throw new Error(inspection.controls[0]?.detail);
    setup = inspection.setup;
    hostUid = setup.mode === 'root' ? 65_505 : undefined;
    folder = await mkdtemp(join(tmpdir(), 'strongroom root '));
    const log = { info: () => undefined, warn: () => undefined };
    const installationId = `test-root-${process.pid}`;
    host = await openSandboxHost({ setup, installationId, runFolder: join(folder, 'run'), log });
  });
  afterAll(async () => {
    await host.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    root = join(folder, randomBytes(6).toString('hex'));
    await makeTinyRoot(root);
  });

  const launch = (script: string) =>
    host.launch({
      appId: randomBytes(16).toString('hex'),
      ...{ label: 'test', hostUid, root: { kind: 'folder', folder: root } },
      command: ['/bin/sh', '-c', script],
      workingDirectory: '/',
      environment: { PATH: '/usr/bin:/bin' },
      ...{ userName: 'alice', homeFolder: '/home/alice', mounts: [], network: 'isolated' },
      limits: {
        ...{ memoryBytes: 256 * mebibyte, cpuCount: 1, processCount: 32, openFileCount: 256 },
        ...{ temporaryFolderBytes: mebibyte, sharedMemoryBytes: mebibyte },
      },
      descriptors: [],
    });

  async function outputOf(script: string): Promise<string> {
    const sandbox = await launch(script);
    const [output] = await Promise.all([text(sandbox.stdout), sandbox.exited]);
    return output.trim();
  }

  it('shows its programs and nothing of the host', async () => {
    await writeFile(join(root, 'usr', 'marker'), 'of the image');
    expect(await outputOf('cat /usr/marker; ls /usr/share 2>&1 >/dev/null | cat >/dev/null')).toBe(
      'of the image',
    );
    expect(await outputOf('ls /usr')).not.toContain('share');
    expect(await outputOf('id -u')).toBe('1000');
  });

  it('shows folders of its own at the top, in /opt and in /var', async () => {
    for (const path of ['srv', 'opt/tool', 'var/lib/data', 'opt/strongroom', 'home/x', 'run/x']) {
      await mkdir(join(root, path), { recursive: true });
      await writeFile(join(root, path, 'file'), path);
    }
    expect(await outputOf('cat /srv/file /opt/tool/file /var/lib/data/file')).toBe(
      'srvopt/toolvar/lib/data',
    );
    expect(await outputOf('ls /opt /home /run')).not.toMatch(/strongroom|x/);
  });

  it('can be written by nothing in the sandbox', async () => {
    if (hostUid !== undefined) {
      await mkdir(join(root, 'usr', 'theirs'));
      await chown(join(root, 'usr', 'theirs'), hostUid, hostUid);
    }
    const script = 'for f in /usr/theirs/x /usr/x /etc/x /x /opt/x; do : 2>&1 >$f; done; ls /';
    const output = await outputOf(`(${script}) 2>/dev/null; ls /usr /usr/theirs`);
    expect(output.split('\n')).not.toContain('x');
  });

  it('has an /etc of ours with what programs of the image need', async () => {
    await mkdir(join(root, 'etc', 'python3'));
    await writeFile(join(root, 'etc', 'python3', 'rc'), 'kept');
    await writeFile(join(root, 'etc', 'shadow'), secret);
    await writeFile(join(root, 'etc', 'passwd'), 'mallory:x:0:0::/:/bin/sh');
    const listed = (await outputOf('ls /etc')).split('\n');
    expect(listed).not.toContain('shadow');
    expect(await outputOf('cat /etc/python3/rc; id -un; cat /etc/nsswitch.conf')).toMatch(
      /^keptalice\npasswd: files/,
    );
  });

  it('follows no link of its /etc on the host', async () => {
    const outside = join(folder, 'secret');
    await writeFile(outside, secret);
    await symlink(outside, join(root, 'etc', 'os-release'));
    await symlink(folder, join(root, 'etc', 'alternatives'));
    await symlink(folder, join(root, 'etc', 'ssl'));
    const output = await outputOf('cat /etc/os-release /etc/alternatives/secret; ls -l /etc');
    expect(output).not.toContain(secret);
    expect(output).toContain('os-release -> ');
  });

  it.each([
    ['/usr', 'usr'],
    ['/etc', 'etc'],
  ])('is refused where %s is a link', async (_name, path) => {
    await rm(join(root, path), { recursive: true });
    await symlink(`/${path}`, join(root, path));
    await expect(launch('cat /etc/shadow')).rejects.toMatchObject({ code: 'RootUnusable' });
  });

  it.each(['/', '/etc', '../../etc', '/oldroot/etc', 'usr/../../etc'])(
    'is refused where /bin leads to %s',
    async (target) => {
      await rm(join(root, 'bin'));
      await symlink(target, join(root, 'bin'));
      await expect(launch('id')).rejects.toMatchObject({ code: 'RootUnusable' });
    },
  );

  it('mounts nothing below a link of the image', async () => {
    await symlink('/oldroot/tmp', join(root, 'opt'));
    await symlink('/oldroot/tmp', join(root, 'home'));
    expect(await outputOf('ls /opt; id -un')).toBe('alice');
  });

  it.each([
    ['is not there', (path: string) => rm(path, { recursive: true })],
    ['has no /usr', (path: string) => rm(join(path, 'usr'), { recursive: true })],
    ['may be written by others', (path: string) => chmod(join(path, 'usr'), 0o777)],
  ])('is refused where it %s', async (_what, change) => {
    await change(root);
    await expect(launch('id')).rejects.toMatchObject({ code: 'RootUnusable' });
  });

  it('gives set-user-id programs no rights', async () => {
    const program = join(root, 'usr', 'bin', 'setuid-id');
    await copyFile(join(root, 'usr', 'bin', 'id'), program);
    await chmod(program, 0o4755);
    expect(await outputOf('setuid-id')).toMatch(
      /^uid=1000\(alice\) gid=1000\(alice\)[^=]*(groups=\S+)?$/,
    );
    expect(await outputOf('setuid-id -u')).toBe('1000');
  });

  it('says that it cannot be built where the image has no shell', async () => {
    await rm(join(root, 'usr', 'bin', 'sh'));
    await expect(launch('id')).rejects.toMatchObject({ code: 'LaunchFailed' });
  });
});
