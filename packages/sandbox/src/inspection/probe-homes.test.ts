import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectHost } from '../inspect-host.ts';
import { mountPointsUnder } from '../volumes/mount-table.ts';
import type { ControlState } from './controls.ts';
import { probeHomes } from './probe-homes.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-homes-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function probe(missing: readonly string[] = []) {
  const { setup } = await inspectHost();
  if (setup === undefined) throw new Error('This host runs no sandboxes');
  const kept = Object.entries(setup.volumeTools).filter(([name]) => !missing.includes(name));
  const volumeTools = Object.fromEntries(kept) as typeof setup.volumeTools;
  const hostUid = setup.mode === 'root' ? 65_533 : undefined;
  const states = await probeHomes({ setup: { ...setup, volumeTools }, hostUid, folder });
  return new Map(states.map((state): [string, ControlState] => [state.control, state]));
}

describe('the probe of homes', () => {
  it('tries both controls and leaves nothing mounted', async () => {
    const states = await probe();
    expect([...states.keys()]).toEqual(['home-encryption', 'home-quota']);
    for (const { state, remedy } of states.values())
      expect(remedy === null).toBe(state === 'enforced');
    expect(await mountPointsUnder(folder)).toEqual([]);
  });

  it('says which package is missing, and that plain folders have no size either', async () => {
    const states = await probe(['gocryptfs', 'fusermount3']);
    const encryption = states.get('home-encryption');
    expect(encryption?.state).toBe('unenforced');
    expect(encryption?.remedy).toContain('gocryptfs, fuse3');
    expect(states.get('home-quota')?.state).toBe('unenforced');
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not doubt the encryption where only the quota cannot be', async () => {
    const states = await probe(['mkfs.ext4']);
    const whole = await probe(['du']);
    expect(whole.get('home-encryption')?.state).toBe('unenforced');
    expect(states.get('home-quota')?.state).toBe('unenforced');
    expect(states.get('home-encryption')?.state).toBe('enforced');
  });
});
