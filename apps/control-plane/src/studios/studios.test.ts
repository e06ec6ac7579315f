import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { App, Launch } from '@strongroom/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import type { Person } from '../identity/person.ts';
import { eventually } from './testing/eventually.ts';
import { processesOf } from './testing/processes-of.ts';
import {
  askAgent,
  type BenchOptions,
  openStudioBench,
  type StudioBench,
} from './testing/studio-bench.ts';

let bench: StudioBench;

afterEach(() => bench.close());

async function openBench(options: BenchOptions = {}) {
  bench = await openStudioBench(options);
  return bench.addPerson('alice');
}

async function lastOf(launch: Launch): Promise<Launch> {
  let last = launch;
  const { launchId, profileName } = launch;
  for await (const each of bench.studios.followLaunch(launchId, profileName)) last = each;
  return last;
}

/** The studio's socket, as a request of an open page gets it. */
async function enter(person: Person): Promise<string> {
  const visit = await bench.studios.visit(person, 'request');
  visit.leave();
  return visit.socketPath;
}

async function appsByType(type: App['appType']): Promise<App[]> {
  return (await bench.studios.apps()).filter(({ appType }) => appType === type);
}

async function serverApp(): Promise<App> {
  const [app] = await appsByType('JupyterServer');
  if (app === undefined) throw new Error('no server app');
  return app;
}

function startKernel(socketPath: string, change: Record<string, unknown> = {}) {
  return askAgent(socketPath, '/do/ask', {
    method: 'startKernel',
    params: {
      ...{ kernelId: randomUUID(), imageName: 'host-python', instanceType: 'ml.t3.medium' },
      ...{ argv: ['/bin/sleep', '600'], environment: {}, workingDirectory: '/home/alice' },
      ...change,
    },
  });
}

describe('a launch', () => {
  it('passes through its stages and ends with a presigned URL of the own origin', async () => {
    const { person, sessionId } = await openBench();
    const launch = await lastOf(bench.studios.launch(person, sessionId));
    expect(launch.failure).toBeNull();
    expect(launch.state).toBe('Ready');
    expect(launch.finishedStages.map(({ stage }) => stage)).toEqual([
      'Authorize',
      'PrepareHome',
      'StartSandbox',
      'StartServer',
      'Ready',
    ]);
    expect(launch.presignedUrl).toMatch(
      /^http:\/\/alice\.studio\.localhost:8080\/auth\?token=[\w-]{43}$/,
    );
  });

  it('starts one studio however often it is asked for at once', async () => {
    const { person, sessionId } = await openBench();
    const launches = await Promise.all(
      [1, 2, 3].map(() => lastOf(bench.studios.launch(person, sessionId))),
    );
    expect(launches.map(({ state }) => state)).toEqual(['Ready', 'Ready', 'Ready']);
    expect(new Set(launches.map(({ presignedUrl }) => presignedUrl)).size).toBe(3);
    expect(await appsByType('JupyterServer')).toHaveLength(1);
  });

  it('is known to nobody but its person', async () => {
    const { person, sessionId } = await openBench();
    const bob = await bench.addPerson('bob');
    const { launchId } = bench.studios.launch(person, sessionId);
    const followed = bench.studios.followLaunch(launchId, bob.person.profileName);
    await expect(followed[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'LaunchNotFound',
    });
  });

  it.each(['end-at-once', 'say-nothing'] as const)(
    'fails with a code, a remedy and a reference in the log when the server does %s',
    async (wish) => {
      const { person, sessionId } = await openBench({ wish, startTimeoutMilliseconds: 300 });
      const launch = await lastOf(bench.studios.launch(person, sessionId));
      expect(launch.state).toBe('Failed');
      expect(launch.stage).toBe('StartServer');
      expect(launch.failure?.code).toBe('ServerDidNotStart');
      expect(launch.failure?.remedy).not.toBe('');
      const reference = launch.failure?.reference ?? 'none';
      const entry = bench.log.lines.find((line) => line.includes(reference));
      if (wish === 'end-at-once') expect(entry).toContain('a library is missing');
      const app = await serverApp();
      expect(app.status).toBe('Failed');
      expect(app.endReason).toContain(reference);
    },
  );

  it('fails for a person who was disabled meanwhile', async () => {
    const { person, sessionId } = await openBench();
    bench.people.set('alice', { ...person, disabled: true });
    const launch = await lastOf(bench.studios.launch(person, sessionId));
    expect(launch.failure?.code).toBe('AccessDenied');
    expect(await bench.studios.apps()).toEqual([]);
  });
});

describe('a running studio', () => {
  it('has the home and the runtime folder as its own, and the agreed environment only', async () => {
    const { person } = await openBench();
    const socketPath = await enter(person);
    await askAgent(socketPath, '/do/write', { path: '/home/alice/a.txt', text: 'kept' });
    await askAgent(socketPath, '/do/write', { path: '/run/strongroom/b.txt', text: 'shared' });
    const home = await stat(join(bench.dataFolder, 'homes', 'alice'));
    expect(home.mode & 0o777).toBe(0o700);
    if (process.getuid?.() === 0) expect(home.uid).toBe(person.hostUid);
    const environment = (await askAgent(socketPath, '/do/environment')) as Record<string, string>;
    expect(Object.keys(environment).sort()).toEqual([
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
    const socketPath = await enter(person);
    const found = await askAgent(socketPath, '/do/run', { script: `test -e ${socketPath}` });
    expect(found).toEqual({ exitCode: 1 });
  });

  it('starts under a data folder whose path is too long for a socket', async () => {
    const { person } = await openBench({ depth: 12 });
    const socketPath = await enter(person);
    expect(socketPath.length).toBeLessThan(108);
    expect(await askAgent(socketPath, '/x')).toMatchObject({ path: '/x' });
  });

  it('is told when its person chooses another language', async () => {
    const { person } = await openBench();
    const socketPath = await enter(person);
    bench.events.emit('languageChanged', { profileName: person.profileName, language: 'ko' });
    await eventually(() => askAgent(socketPath, '/do/events')).toContainEqual({
      event: 'language',
      language: 'ko',
    });
  });

  it('is asked for a kernel ahead of need when it is launched', async () => {
    const { person, sessionId } = await openBench({ domain: { prestart: 'server-and-kernel' } });
    await lastOf(bench.studios.launch(person, sessionId));
    const socketPath = await enter(person);
    await eventually(() => askAgent(socketPath, '/do/events')).toEqual([
      { event: 'prepareKernel', kernelSpecName: 'python3' },
    ]);
  });

  it('starts at the sign-in where the domain file says so', async () => {
    const { person, sessionId } = await openBench({ domain: { prestart: 'server' } });
    bench.events.emit('signedIn', { profileName: person.profileName, sessionId });
    await eventually(async () => (await bench.studios.apps())[0]?.status).toBe('InService');
  });
});

describe('the end of a studio', () => {
  it('leaves no process, no socket and no runtime folder when its server is stopped', async () => {
    const { person } = await openBench();
    const socketPath = await enter(person);
    await startKernel(socketPath);
    await bench.studios.stopApp(person.profileName, (await serverApp()).appId);
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
    await enter(person);
    await bench.studios.stopApp(person.profileName, (await serverApp()).appId);
    await expect(bench.studios.visit(person, 'request')).rejects.toMatchObject({
      code: 'StudioStopped',
    });
    expect((await lastOf(bench.studios.launch(person, sessionId))).state).toBe('Ready');
    await expect(enter(person)).resolves.toEqual(expect.any(String));
  });

  it.each([
    ['crash', /ended by itself \(signal SIGKILL\)/],
    ['send-nonsense', /not a message/],
    ['send-endless-line', /too long/],
  ])('by its own %s is recorded, and the next request starts it again', async (habit, reason) => {
    const { person } = await openBench();
    const socketPath = await enter(person);
    await startKernel(socketPath);
    await askAgent(socketPath, `/do/${habit}`).catch(() => undefined);
    await eventually(async () => (await serverApp()).status).toBe('Failed');
    expect((await serverApp()).endReason).toMatch(reason);
    await eventually(async () => (await appsByType('KernelGateway'))[0]?.status).toMatch(
      /Deleted|Failed/,
    );
    const again = await enter(person);
    expect(await askAgent(again, '/again')).toMatchObject({ path: '/again' });
  });

  it('comes at once for a person who is disabled, and no request starts it again', async () => {
    const { person } = await openBench();
    await enter(person);
    bench.people.set('alice', { ...person, disabled: true });
    bench.events.emit('disabled', { profileName: person.profileName });
    await eventually(async () => (await serverApp()).status).toBe('Deleted');
    await expect(bench.studios.visit(person, 'page')).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });

  it('takes the home of a removed person only where that was asked for', async () => {
    const alice = await openBench();
    const bob = await bench.addPerson('bob');
    await enter(alice.person);
    await enter(bob.person);
    for (const { person } of [alice, bob]) {
      const deleteHome = person.profileName === 'bob';
      bench.people.delete(person.profileName);
      bench.events.emit('removed', { profileName: person.profileName, deleteHome });
    }
    const homes = join(bench.dataFolder, 'homes');
    await eventually(() => readdir(homes)).toEqual(['alice']);
  });

  it('gives kept files to the person who gets the name again', async () => {
    const { person } = await openBench();
    await askAgent(await enter(person), '/do/write', { path: '/home/alice/a.txt', text: 'kept' });
    await bench.studios.endStudio(person.profileName, 'test');
    const again = { ...person, hostUid: person.hostUid + 500 };
    bench.people.set('alice', again);
    const visit = await bench.studios.visit(again, 'launch');
    const text = await askAgent(visit.socketPath, '/do/read', { path: '/home/alice/a.txt' });
    expect(text).toBe('kept');
  });
});

describe('hibernation', () => {
  const soon = { domain: { hibernateAfterMinutes: 0.3 / 60 } };

  it('comes when nobody is connected, and the next request wakes the studio', async () => {
    const { person } = await openBench(soon);
    await enter(person);
    await eventually(async () => (await serverApp()).status).toBe('Deleted');
    expect((await serverApp()).endReason).toMatch(/^Hibernated/);
    await eventually(() => processesOf(bench.dataFolder)).toEqual([]);
    expect(await askAgent(await enter(person), '/awake')).toMatchObject({ path: '/awake' });
  });

  it.each([
    ['a visit', undefined],
    ['a kernel', { kernelCount: 1, terminalCount: 0 }],
    ['a terminal', { kernelCount: 0, terminalCount: 1 }],
  ])('waits for %s', async (_what, activity) => {
    const { person } = await openBench(soon);
    const visit = await bench.studios.visit(person, 'request');
    if (activity !== undefined) {
      await askAgent(visit.socketPath, '/do/tell', { notice: 'activity', ...activity });
      visit.leave();
    }
    await setTimeout(900);
    expect((await serverApp()).status).toBe('InService');
    if (activity === undefined) visit.leave();
    else {
      await askAgent(visit.socketPath, '/do/tell', {
        ...{ notice: 'activity', kernelCount: 0, terminalCount: 0 },
      });
    }
    await eventually(async () => (await serverApp()).status).toBe('Deleted');
  });
});

describe('a kernel app', () => {
  it('is a row of its own with a name as SageMaker gives it', async () => {
    const { person } = await openBench();
    const answer = await startKernel(await enter(person));
    expect(answer).toMatchObject({ result: {} });
    const [app] = await appsByType('KernelGateway');
    expect(app).toMatchObject({
      status: 'InService',
      imageName: 'host-python',
      instanceType: 'ml.t3.medium',
      appName: expect.stringMatching(/^host-python-ml-t3-medium-[0-9a-f]{8}$/),
    });
    expect(app?.memoryBytes).toBeGreaterThan(0);
  });

  it.each([
    ['an unknown image', { imageName: 'pirate' }, 'AccessDenied'],
    ['an unknown instance type', { instanceType: 'ml.p5.48xlarge' }, 'AccessDenied'],
    ["the server's own instance type", { instanceType: 'system' }, 'AccessDenied'],
    ['a folder outside the home', { workingDirectory: '/etc' }, 'InvalidRequest'],
    ['a folder above the home', { workingDirectory: '/home/alice/../..' }, 'InvalidRequest'],
    ['a strange variable', { environment: { 'A B': 'x' } }, 'InvalidRequest'],
    [
      'a folder that does not exist',
      { workingDirectory: '/home/alice/missing' },
      'SandboxUnavailable',
    ],
  ])('is refused with %s', async (_what, change, code) => {
    const { person } = await openBench();
    const answer = await startKernel(await enter(person), change);
    expect(answer).toMatchObject({ error: { code } });
    const apps = await appsByType('KernelGateway');
    expect(apps.filter(({ status }) => status !== 'Failed')).toEqual([]);
  });

  it('tells the agent how it ended', async () => {
    const { person } = await openBench();
    const socketPath = await enter(person);
    const kernelId = randomUUID();
    await startKernel(socketPath, { kernelId, argv: ['/bin/sh', '-c', 'exit 3'] });
    await eventually(() => askAgent(socketPath, '/do/events')).toEqual([
      {
        event: 'kernelExited',
        ...{ kernelId, exitCode: 3, signal: null, outOfMemory: false, stoppedByPerson: false },
        memoryLimitBytes: 512 * 1024 * 1024,
      },
    ]);
    expect((await appsByType('KernelGateway'))[0]?.endReason).toContain('exit code 3');
  });

  it('is not to be started again when a person stopped it', async () => {
    const { person } = await openBench();
    const socketPath = await enter(person);
    await startKernel(socketPath);
    const [app] = await appsByType('KernelGateway');
    if (app === undefined) throw new Error('no kernel app');
    await bench.studios.stopApp(person.profileName, app.appId);
    await eventually(() => askAgent(socketPath, '/do/events')).toMatchObject([
      { event: 'kernelExited', stoppedByPerson: true },
    ]);
    expect((await serverApp()).status).toBe('InService');
  });

  it("is none of another person's", async () => {
    const { person } = await openBench();
    const bob = await bench.addPerson('bob');
    await enter(bob.person);
    await startKernel(await enter(person));
    const [app] = await appsByType('KernelGateway');
    if (app === undefined) throw new Error('no kernel app');
    await expect(bench.studios.stopApp(bob.person.profileName, app.appId)).rejects.toMatchObject({
      code: 'AppNotFound',
    });
  });
});
