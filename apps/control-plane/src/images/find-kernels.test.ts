import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspectHost, openSandboxHost, type SandboxHost } from '@strongroom/sandbox';
import { makeTinyRoot } from '@strongroom/sandbox/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findKernels } from './find-kernels.ts';

const argv = ['/usr/bin/sh', '{connection_file}'];
const shared = 'usr/share/jupyter/kernels';

describe('the kernels of an image', () => {
  let folder: string;
  let root: string;
  let sandboxHost: SandboxHost;
  let hostUid: number | undefined;

  beforeAll(async () => {
    const { setup } = await inspectHost();
    if (setup === undefined) throw new Error('this host runs no sandboxes');
    hostUid = setup.mode === 'root' ? 65_506 : undefined;
    folder = await mkdtemp(join(tmpdir(), 'strongroom-kernels-'));
    const log = { info: () => undefined, warn: () => undefined };
    const installationId = `test-kernels-${process.pid}`;
    const runFolder = join(folder, 'run');
    sandboxHost = await openSandboxHost({ setup, installationId, runFolder, log });
  });
  afterAll(async () => {
    await sandboxHost.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    root = await mkdtemp(join(folder, 'root-'));
    await makeTinyRoot(root, ['sh', 'cat', 'head']);
  });

  const find = (timeoutMilliseconds = 20_000) =>
    findKernels({
      ...{ imageName: 'test', sandboxHost, hostUid, timeoutMilliseconds },
      root: { kind: 'folder', folder: root },
    });
  const write = async (path: string, content: unknown) => {
    await mkdir(join(root, dirname(path)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(join(root, path), text);
  };
  const names = async () => (await find()).map(({ specName }) => specName).sort();

  it('are found where Jupyter looks, the first of a name', async () => {
    await write(`usr/local/share/jupyter/kernels/python3/kernel.json`, { argv, display_name: 'A' });
    await write(`${shared}/python3/kernel.json`, { argv, display_name: 'B' });
    await write(`opt/conda/share/jupyter/kernels/julia-1.10/kernel.json`, { argv });
    await write('usr/lib/R/site-library/IRkernel/kernelspec/kernel.json', { argv });
    const found = await find();
    expect(found.map(({ specName, folder: at }) => [specName, at]).sort()).toEqual([
      ['ir', '/usr/lib/R/site-library/IRkernel/kernelspec'],
      ['julia-1.10', '/opt/conda/share/jupyter/kernels/julia-1.10'],
      ['python3', '/usr/local/share/jupyter/kernels/python3'],
    ]);
    expect(found.find(({ specName }) => specName === 'python3')?.displayName).toBe('A');
  });

  it('are none where there are none', async () => {
    expect(await find()).toEqual([]);
  });

  it('hide nothing of each other, whatever one of them is', async () => {
    await write(`${shared}/good/kernel.json`, { argv });
    await write(`${shared}/large/kernel.json`, { argv, metadata: { x: 'x'.repeat(100_000) } });
    await write(`${shared}/broken/kernel.json`, '{');
    await write(`${shared}/a b/kernel.json`, { argv });
    await write(`${shared}/x\nstrange/kernel.json`, { argv });
    await mkdir(join(root, shared, 'folder', 'kernel.json'), { recursive: true });
    await mkdir(join(root, shared, 'endless'));
    await symlink('/dev/zero', join(root, shared, 'endless', 'kernel.json'));
    expect(await names()).toEqual(['good']);
  });

  it('are read inside alone: a link leads to nothing of the host', async () => {
    const outside = join(folder, 'outside.json');
    await writeFile(outside, JSON.stringify({ argv }));
    await mkdir(join(root, shared, 'stolen'), { recursive: true });
    await symlink(outside, join(root, shared, 'stolen', 'kernel.json'));
    await symlink(folder, join(root, 'usr/share/jupyter/kernels/all'));
    expect(await names()).toEqual([]);
  });

  it('cannot be forged into others by what a file holds', async () => {
    const forged = '\n0000 /usr/share/jupyter/kernels/forged/kernel.json\n{"argv":["x"]}';
    await write(`${shared}/liar/kernel.json`, `${JSON.stringify({ argv })}${forged}`);
    expect(await names()).toEqual([]);
  });

  it('are looked for no longer than it may take', async () => {
    await rm(join(root, 'usr/bin/head'));
    await write('usr/bin/head', '#!/bin/sh\nwhile :; do :; done\n');
    await write(`${shared}/slow/kernel.json`, { argv });
    await chmod(join(root, 'usr/bin/head'), 0o755);
    expect(await find(300)).toEqual([]);
  });

  it('are not found on what is no root file system', async () => {
    await rm(join(root, 'usr'), { recursive: true });
    await expect(find()).rejects.toMatchObject({ code: 'RootUnusable' });
  });
});
