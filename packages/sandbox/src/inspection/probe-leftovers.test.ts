import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Cgroup } from '../cgroups/cgroup.ts';
import { openCgroups } from '../cgroups/open-cgroups.ts';
import type { HostSetup } from '../host-setup.ts';
import { inspectHost } from '../inspect-host.ts';
import { makeProbeId, removeProbeLeftovers } from './probe-leftovers.ts';

const mebibyte = 1024 * 1024;
const limits = {
  memoryBytes: 32 * mebibyte,
  cpuCount: 1,
  processCount: 16,
  openFileCount: 256,
  temporaryFolderBytes: mebibyte,
  sharedMemoryBytes: mebibyte,
};

describe('what a killed inspection leaves', () => {
  let setup: HostSetup;
  const closers: (() => unknown)[] = [];
  beforeAll(async () => {
    const inspection = await inspectHost();
    if (inspection.setup === undefined) throw new Error(inspection.controls[0]?.detail);
    setup = inspection.setup;
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** A process stands for the inspecting one. */
  async function startProcess() {
    const child = spawn('/bin/sleep', ['600'], { stdio: 'ignore' });
    closers.push(() => child.kill('SIGKILL'));
    const probeId = await makeProbeId(child.pid);
    const kill = async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    };
    return { probeId, kill };
  }

  async function leave(probeId: string) {
    const parents = setup.mode === 'root' ? [tmpdir(), '/run'] : [tmpdir()];
    const folders = parents.map((parent) => join(parent, `strongroom-${probeId}`));
    for (const folder of folders) {
      await mkdir(join(folder, 'etc'), { recursive: true });
      await writeFile(join(folder, 'etc', 'hosts'), '');
      closers.push(() => rm(folder, { recursive: true, force: true }));
    }
    const cgroups = openCgroups(setup.cgroupSetup, probeId);
    const group = await cgroups?.create('probe-memory', limits);
    closers.push(async () => {
      await group?.remove();
      await cgroups?.close();
    });
    return [...folders, ...groupFolders(group)];
  }

  const groupFolders = (group: Cgroup | undefined) =>
    (group?.joinFiles ?? []).map((file) => join(file, '../..'));
  const remaining = (folders: readonly string[]) => folders.filter((folder) => existsSync(folder));

  it('is removed by the next one', async () => {
    const { probeId, kill } = await startProcess();
    const folders = await leave(probeId);
    expect(remaining(folders)).toEqual(folders);
    await kill();
    await inspectHost();
    // Another inspection on this machine may be removing them too.
    await vi.waitFor(() => expect(remaining(folders)).toEqual([]));
  });

  it('stays as long as the process lives', async () => {
    const { probeId } = await startProcess();
    const folders = await leave(probeId);
    await removeProbeLeftovers(setup);
    expect(remaining(folders)).toEqual(folders);
  });

  it('stays where the process may live in another pid namespace', async () => {
    const { probeId, kill } = await startProcess();
    const folders = await leave(probeId.replace(/\d+/, '1'));
    await kill();
    await removeProbeLeftovers(setup);
    expect(remaining(folders)).toEqual(folders);
  });

  it('is not mistaken for a folder of another user', async (context) => {
    context.skip(setup.mode === 'rootless', 'only root can make one');
    const { probeId, kill } = await startProcess();
    const [folder = ''] = await leave(probeId);
    await chown(folder, 65_505, 65_505);
    await kill();
    await removeProbeLeftovers(setup);
    expect(remaining([folder])).toEqual([folder]);
  });

  it('is not mistaken for a link to elsewhere', async () => {
    const { probeId, kill } = await startProcess();
    const target = join(tmpdir(), `${probeId}-target`);
    await mkdir(target);
    closers.push(() => rm(target, { recursive: true, force: true }));
    const link = join(tmpdir(), `strongroom-${probeId}`);
    await symlink(target, link);
    closers.push(() => rm(link));
    await kill();
    await removeProbeLeftovers(setup);
    expect(remaining([target, link])).toEqual([target, link]);
  });
});
