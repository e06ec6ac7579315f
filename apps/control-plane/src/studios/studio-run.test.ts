import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { StudioConnectivity } from '../network/studio-connectivity.ts';
import { enter, kernelApps, lastOf, serverApp, startKernel } from './testing/bench-actions.ts';
import { eventually } from './testing/eventually.ts';
import { processesOf } from './testing/processes-of.ts';
import {
  askAgent,
  type BenchOptions,
  openStudioBench,
  type StudioBench,
} from './testing/studio-bench.ts';
import { ownStudio } from './testing/test-people.ts';

let bench: StudioBench;

afterEach(() => bench.close());

async function openBench(options: BenchOptions = {}) {
  bench = await openStudioBench(options);
  return bench.addPerson('alice');
}

describe('a running studio', () => {
  it('has the home and the runtime folder as its own, and the agreed environment only', async () => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    await askAgent(socketPath, '/do/write', { path: '/home/alice/a.txt', text: 'kept' });
    await askAgent(socketPath, '/do/write', { path: '/run/strongroom/b.txt', text: 'shared' });
    const home = await stat(join(bench.dataFolder, 'run', 'homes', 'alice'));
    expect(home.mode & 0o777).toBe(0o700);
    if (process.getuid?.() === 0) expect(home.uid).toBe(person.hostUid);
    const environment = (await askAgent(socketPath, '/do/environment')) as Record<string, string>;
    expect(Object.keys(environment).sort()).toEqual([
      'GIT_CONFIG_SYSTEM',
      'HOME',
      'LANG',
      'LOGNAME',
      'OMP_NUM_THREADS',
      'PATH',
      // The shell that becomes the server sets it.
      'PWD',
      'SHELL',
      'STRONGROOM_DISPLAY_NAME',
      'STRONGROOM_IMAGE_NAME',
      'STRONGROOM_INSTANCE_TYPE',
      'STRONGROOM_LANGUAGE',
      'STRONGROOM_PROFILE_NAME',
      'USER',
    ]);
  });

  it('has no way to its socket by a path', async () => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    const found = await askAgent(socketPath, '/do/run', { script: `test -e ${socketPath}` });
    expect(found).toEqual({ exitCode: 1 });
  });

  it('starts under a data folder whose path is too long for a socket', async () => {
    const { person } = await openBench({ depth: 12 });
    const socketPath = await enter(bench, person);
    expect(socketPath.length).toBeLessThan(108);
    expect(await askAgent(socketPath, '/x')).toMatchObject({ path: '/x' });
  });

  it('is told when its person chooses another language', async () => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    bench.events.emit('languageChanged', { profileName: person.profileName, language: 'ko' });
    await eventually(() => askAgent(socketPath, '/do/events')).toContainEqual({
      event: 'language',
      language: 'ko',
    });
  });

  it('is asked to keep as many kernels of each image ready as the domain file says', async () => {
    const { person, sessionId } = await openBench({
      ...{ domain: { prestart: 'server-and-kernel' } },
      images: [{ imageName: 'host-python' }, { imageName: 'r', warmKernelCount: 2 }],
    });
    await lastOf(bench, bench.studios.launch(ownStudio(person, sessionId)));
    const socketPath = await enter(bench, person);
    await eventually(() => askAgent(socketPath, '/do/events')).toEqual([
      { event: 'prepareKernel', kernelSpecName: 'python3', count: 1, isKept: false },
      { event: 'prepareKernel', kernelSpecName: 'r__python3', count: 2, isKept: true },
    ]);
  });

  it('is asked for a kernel ahead of need when it is launched', async () => {
    const { person, sessionId } = await openBench({ domain: { prestart: 'server-and-kernel' } });
    await lastOf(bench, bench.studios.launch(ownStudio(person, sessionId)));
    const socketPath = await enter(bench, person);
    await eventually(() => askAgent(socketPath, '/do/events')).toEqual([
      { event: 'prepareKernel', kernelSpecName: 'python3', count: 1, isKept: false },
    ]);
  });

  it('starts at the sign-in where the domain file says so', async () => {
    const { person, sessionId } = await openBench({ domain: { prestart: 'server' } });
    bench.events.emit('signedIn', { profileName: person.profileName, sessionId });
    await eventually(async () => (await bench.studios.apps())[0]?.status).toBe('InService');
  });
});

describe('a studio whose network does not listen', () => {
  it('does not start, and leaves nothing', async () => {
    const closed: string[] = [];
    const { person, sessionId } = await openBench({ connectivity: onPortTaken(closed) });
    const launch = await lastOf(bench, bench.studios.launch(ownStudio(person, sessionId)));
    expect(launch).toMatchObject({ state: 'Failed', failure: { code: 'SandboxUnavailable' } });
    expect((await serverApp(bench)).status).toBe('Failed');
    expect(closed).toEqual(['alice']);
    await eventually(() => processesOf(bench.dataFolder)).toEqual([]);
  });
});

/** A real failure: the port that is asked for in the studio's network is taken there already. */
function onPortTaken(closed: string[]): StudioConnectivity {
  return {
    open(network, { person }) {
      const ports = { tcp: [80], udp: [] };
      const first = network.listen(ports);
      const ready = first.then(() => network.listen(ports)).then(() => undefined);
      ready.catch(() => undefined);
      const close = async () => {
        closed.push(person.profileName);
        (await first).close();
      };
      return { environment: {}, mounts: [], ready, close };
    },
  };
}

describe('the end of a studio', () => {
  it('leaves no process, no socket and no runtime folder when its server is stopped', async () => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    await startKernel(socketPath);
    await bench.studios.stopApp(person.profileName, (await serverApp(bench)).appId);
    const apps = await bench.studios.apps();
    expect(apps.map(({ status }) => status)).toEqual(['Deleted', 'Deleted']);
    expect(apps.map(({ endReason }) => endReason)).toEqual([
      'Stopped in the console',
      'Stopped in the console',
    ]);
    await expect(stat(socketPath)).rejects.toMatchObject({ code: 'ENOENT' });
    const runtimes = await readdir(join(bench.dataFolder, 'run', 'studios'));
    expect(runtimes).not.toContain('alice');
    await eventually(() => processesOf(bench.dataFolder)).toEqual([]);
  });

  it('by a person is not undone by a page that is still open, but by a launch', async () => {
    const { person, sessionId } = await openBench();
    await enter(bench, person);
    await bench.studios.stopApp(person.profileName, (await serverApp(bench)).appId);
    await expect(bench.studios.visit(person, 'request')).rejects.toMatchObject({
      code: 'StudioStopped',
    });
    expect((await lastOf(bench, bench.studios.launch(ownStudio(person, sessionId)))).state).toBe(
      'Ready',
    );
    await expect(enter(bench, person)).resolves.toEqual(expect.any(String));
  });

  it.each([
    ['crash', /ended by itself \(signal SIGKILL\)/],
    ['send-nonsense', /not a message/],
    ['send-endless-line', /too long/],
  ])('by its own %s is recorded, and the next request starts it again', async (habit, reason) => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    await startKernel(socketPath);
    await askAgent(socketPath, `/do/${habit}`).catch(() => undefined);
    await eventually(async () => (await serverApp(bench)).status).toBe('Failed');
    expect((await serverApp(bench)).endReason).toMatch(reason);
    await eventually(async () => (await kernelApps(bench))[0]?.status).toMatch(/Deleted|Failed/);
    const again = await enter(bench, person);
    expect(await askAgent(again, '/again')).toMatchObject({ path: '/again' });
  });

  it('comes at once for a person who is disabled, and no request starts it again', async () => {
    const { person } = await openBench();
    await enter(bench, person);
    bench.people.set('alice', { ...person, disabled: true });
    bench.events.emit('disabled', { profileName: person.profileName });
    await eventually(async () => (await serverApp(bench)).status).toBe('Deleted');
    await expect(bench.studios.visit(person, 'page')).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });

  it('takes the home of a removed person only where that was asked for', async () => {
    const alice = await openBench();
    const bob = await bench.addPerson('bob');
    await enter(bench, alice.person);
    await enter(bench, bob.person);
    for (const { person } of [alice, bob]) {
      const deleteHome = person.profileName === 'bob';
      bench.people.delete(person.profileName);
      bench.events.emit('removed', { profileName: person.profileName, deleteHome });
    }
    const homes = join(bench.dataFolder, 'homes');
    await eventually(() => readdir(homes)).toEqual(['.layout', 'alice']);
  });

  it('gives kept files to the person who gets the name again', async () => {
    const { person } = await openBench();
    await askAgent(await enter(bench, person), '/do/write', {
      path: '/home/alice/a.txt',
      text: 'kept',
    });
    await bench.studios.endStudio(person.profileName, 'test');
    const again = { ...person, hostUid: person.hostUid + 500 };
    bench.people.set('alice', again);
    const visit = await bench.studios.visit(again, 'launch');
    const text = await askAgent(visit.socketPath, '/do/read', { path: '/home/alice/a.txt' });
    expect(text).toBe('kept');
  });
});
