import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectHost, openSandboxHost } from '@strongroom/sandbox';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const log = { info: () => undefined, warn: () => undefined };

interface Started {
  readonly launcher: ChildProcess;
  readonly holderPid: number;
  readonly marker: string;
  readonly installationId: string;
}

describe('what a launcher leaves when it is killed', () => {
  let folder: string;
  let program: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-leftovers-'));
    program = join(folder, 'launcher.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'launcher-fixture.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('leaves no process and no network after kill -9', async () => {
    const { launcher, holderPid, marker, installationId } = await start('killed');
    expect(processesWith(marker).length).toBeGreaterThan(3);
    const mountsBefore = ownMounts(installationId);

    launcher.kill('SIGKILL');
    await once(launcher, 'exit');

    await vi.waitFor(() => {
      expect(processesWith(marker)).toEqual([]);
      expect(isAlive(holderPid)).toBe(false);
    });
    expect(mountsBefore).toEqual([]);
    expect(ownMounts(installationId)).toEqual([]);
    await removeGroups(installationId);
  });

  it('leaves nothing after the launcher ended by Ctrl-C', async () => {
    const { launcher, holderPid, marker, installationId } = await start('interrupted');
    launcher.kill('SIGINT');
    await once(launcher, 'exit');
    await vi.waitFor(() => {
      expect(processesWith(marker)).toEqual([]);
      expect(isAlive(holderPid)).toBe(false);
    });
    await removeGroups(installationId);
  });

  it('has its control groups removed at the next start', async () => {
    const { launcher, marker, installationId } = await start('restarted');
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
    await vi.waitFor(() => expect(processesWith(marker)).toEqual([]));

    const { setup } = await inspectHost();
    if (setup === undefined) throw new Error('no sandbox here');
    const hadGroups = groupFolders(installationId).length > 0;
    expect(hadGroups).toBe(setup.cgroup !== 'none');
    await removeGroups(installationId);
    expect(groupFolders(installationId)).toEqual([]);
  });

  async function start(name: string): Promise<Started> {
    const installationId = `leftovers-${name}-${process.pid}`;
    const marker = `marker-${installationId}`;
    const runFolder = join(folder, name);
    const launcher = spawn(process.execPath, [program, installationId, runFolder, marker], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(launcher.stdout, 'data');
    const { holderPid } = JSON.parse(String(line)) as { holderPid: number };
    return { launcher, holderPid, marker, installationId };
  }

  async function removeGroups(installationId: string): Promise<void> {
    const { setup } = await inspectHost();
    if (setup === undefined) throw new Error('no sandbox here');
    const host = await openSandboxHost({ setup, installationId, runFolder: folder, log });
    await host.killLeftovers();
    await host.close();
  }
});

function processesWith(marker: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) return false;
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      // The launcher itself, which is told the marker too, is Node.js.
      return words.includes(marker) && words[0] !== process.execPath;
    } catch {
      return false;
    }
  });
}

/** Ended but not yet reaped by the host's process 1 is ended. */
function isAlive(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/status`)) return false;
  return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

function ownMounts(installationId: string): string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return lines.filter((line) => line.includes(installationId));
}

function groupFolders(installationId: string): string[] {
  const top = '/sys/fs/cgroup';
  const hierarchies = existsSync(top) ? readdirSync(top) : [];
  return [top, ...hierarchies.map((name) => join(top, name))]
    .map((hierarchy) => join(hierarchy, `strongroom-${installationId}`))
    .filter((group) => existsSync(group));
}
