import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
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
      entryPoints: [fileURLToPath(new URL('./launcher-fixture.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      platform: 'node',
      target: 'node20',
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

  it('leaves no process whenever in a launch it is killed', async () => {
    for (let killedAt = 1; killedAt <= 6; killedAt += 1) {
      const { launcher, lines, marker, installationId } = spawnLauncher(`early-${killedAt}`, 50);
      for (let count = 0; count < killedAt; count += 1) await lines.next();
      // Each time a little further into the launch.
      for (let turn = 0; turn < killedAt * 500; turn += 1) await new Promise(setImmediate);
      launcher.kill('SIGKILL');
      await once(launcher, 'exit');
      await vi.waitFor(() => expect(processesWith(marker)).toEqual([]));
      await removeGroups(installationId);
    }
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

  function spawnLauncher(name: string, count: number) {
    const installationId = `leftovers-${name}-${process.pid}`;
    const marker = `marker-${installationId}`;
    const parameters = [installationId, join(folder, name), marker, String(count)];
    const launcher = spawn(process.execPath, [program, ...parameters], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: launcher.stdout })[Symbol.asyncIterator]();
    return { launcher, lines, marker, installationId };
  }

  async function start(name: string): Promise<Started> {
    const { launcher, lines, marker, installationId } = spawnLauncher(name, 1);
    await lines.next();
    const { holderPid } = JSON.parse(String((await lines.next()).value)) as { holderPid: number };
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
