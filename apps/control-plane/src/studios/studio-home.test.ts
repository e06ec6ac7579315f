import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../identity/person.ts';
import { enter, lastOf, serverApp } from './testing/bench-actions.ts';
import { eventually } from './testing/eventually.ts';
import { processesOf } from './testing/processes-of.ts';
import { askAgent, openStudioBench, type StudioBench } from './testing/studio-bench.ts';
import { ownStudio } from './testing/test-people.ts';

let bench: StudioBench;
let person: Person;
let sessionId: string;

beforeEach(async () => {
  bench = await openStudioBench();
  ({ person, sessionId } = await bench.addPerson('alice'));
});
afterEach(() => bench.close());

const mountedHomes = () => readdir(join(bench.dataFolder, 'run', 'homes'));

describe("a studio's home", () => {
  it('is mounted while the studio runs, and out of reach afterwards', async () => {
    const socketPath = await enter(bench, person);
    await askAgent(socketPath, '/do/write', { path: '/home/alice/a.txt', text: 'kept' });
    expect(await mountedHomes()).toEqual(['alice']);
    await bench.studios.endStudio(person.profileName, 'test');
    expect(await mountedHomes()).toEqual([]);
    const { socketPath: again } = await bench.studios.visit(person, 'launch');
    expect(await askAgent(again, '/do/read', { path: '/home/alice/a.txt' })).toBe('kept');
  });

  it("does not stay open in another's sandbox that began while it was mounted", async () => {
    await enter(bench, person);
    const bob = await bench.addPerson('bob');
    await enter(bench, bob.person);
    await bench.studios.endStudio(person.profileName, 'test');
    expect(await mountedHomes()).toEqual(['bob']);
    const running = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' });
    expect(running).not.toContain(join(bench.dataFolder, 'homes', 'alice'));
  });

  it('is mounted for as long as somebody looks into it', async () => {
    await bench.studios.listFiles(person, '');
    expect(await mountedHomes()).toEqual([]);
    const { stream } = await bench.studios.readFile(person, 'large');
    expect(await mountedHomes()).toEqual(['alice']);
    stream.destroy();
    await eventually(mountedHomes).toEqual([]);
  });

  it('is taken away with the studio within a second when its key is disabled', async () => {
    await enter(bench, person);
    const before = performance.now();
    bench.secrets.disable();
    await eventually(mountedHomes).toEqual([]);
    expect(performance.now() - before).toBeLessThan(1000);
    await eventually(async () => (await serverApp(bench)).status).toBe('Deleted');
    expect((await serverApp(bench)).endReason).toMatch(/key of its home was disabled/);
    await eventually(() => processesOf(bench.dataFolder)).toEqual([]);

    const launch = await lastOf(bench, bench.studios.launch(ownStudio(person, sessionId)));
    expect(launch).toMatchObject({ state: 'Failed', failure: { code: 'HomeUnavailable' } });
    await expect(bench.studios.listFiles(person, '')).rejects.toMatchObject({
      code: 'HomeUnavailable',
    });
    bench.secrets.enable();
    const again = await lastOf(bench, bench.studios.launch(ownStudio(person, sessionId)));
    expect(again.state).toBe('Ready');
  });
});
