import { randomUUID } from 'node:crypto';
import { StrongroomError } from '@strongroom/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { enter, kernelApps, serverApp, startKernel } from './testing/bench-actions.ts';
import { eventually } from './testing/eventually.ts';
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

describe('a kernel app', () => {
  it('is recorded before it starts, and does not start where it cannot be', async () => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    const kernelId = randomUUID();
    await startKernel(socketPath, { kernelId });
    expect(bench.audit.of('kernel-allowed')).toMatchObject([
      { profileName: 'alice', target: 'alice', kernelId, instanceType: 'ml.t3.medium' },
    ]);
    bench.audit.canWrite = false;
    const refused = await startKernel(socketPath);
    expect(refused).toMatchObject({ error: { code: 'AuditUnavailable' } });
    expect(await kernelApps(bench)).toHaveLength(1);
  });

  it('is a row of its own with a name as SageMaker gives it', async () => {
    const { person } = await openBench();
    const answer = await startKernel(await enter(bench, person));
    expect(answer).toMatchObject({ result: {} });
    const [app] = await kernelApps(bench);
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
    const answer = await startKernel(await enter(bench, person), change);
    expect(answer).toMatchObject({ error: { code } });
    const apps = await kernelApps(bench);
    expect(apps.filter(({ status }) => status !== 'Failed')).toEqual([]);
  });

  it.each([
    ['an image', { imageName: 'pirate' }, 'unknown-image'],
    ['an instance type', { instanceType: 'ml.p5.48xlarge' }, 'unknown-instance-type'],
    ["the server's own type", { instanceType: 'system' }, 'unknown-instance-type'],
    ['a folder', { workingDirectory: '/etc' }, 'folder-outside-home'],
    ['a variable', { environment: { 'A B': 'x' } }, 'malformed-kernel-request'],
  ])(
    'that a program asks for with %s that Lab never offers is a denial in the audit trail',
    async (_what, change, rule) => {
      const { person } = await openBench();
      const socketPath = await enter(bench, person);
      const action = { action: 'sagemaker:CreateApp', target: 'alice', profileName: 'alice' };
      bench.audit.canWrite = false;
      const unwritten = await startKernel(socketPath, change);
      expect(unwritten).toMatchObject({ error: { code: 'AuditUnavailable' } });
      bench.audit.canWrite = true;
      await startKernel(socketPath, change);
      expect(bench.audit.of('access-denied')).toMatchObject([{ ...action, rule }]);
    },
  );

  it('tells the agent how it ended', async () => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    const kernelId = randomUUID();
    await startKernel(socketPath, { kernelId, argv: ['/bin/sh', '-c', 'exit 3'] });
    await eventually(() => askAgent(socketPath, '/do/events')).toEqual([
      {
        event: 'kernelExited',
        ...{ kernelId, exitCode: 3, signal: null, outOfMemory: false, stoppedByPerson: false },
        ...{ memoryLimitBytes: 512 * 1024 * 1024, reason: null },
      },
    ]);
    expect((await kernelApps(bench))[0]?.endReason).toContain('exit code 3');
  });

  it('is not to be started again when a person stopped it', async () => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    await startKernel(socketPath);
    const [app] = await kernelApps(bench);
    if (app === undefined) throw new Error('no kernel app');
    await bench.studios.stopApp(person.profileName, app.appId);
    await eventually(() => askAgent(socketPath, '/do/events')).toMatchObject([
      {
        ...{ event: 'kernelExited', stoppedByPerson: true },
        reason: { english: expect.any(String), korean: expect.stringMatching(/[가-힣]/) },
      },
    ]);
    expect((await serverApp(bench)).status).toBe('InService');
  });

  it('that had too little memory says which larger type there is', async () => {
    const { person } = await openBench({
      instanceTypes: [
        { instanceType: 'system', vcpuCount: 2, memoryMebibytes: 1024 },
        { instanceType: 'ml.t3.medium', vcpuCount: 2, memoryMebibytes: 128 },
        { instanceType: 'ml.m5.large', vcpuCount: 2, memoryMebibytes: 4096 },
      ],
    });
    const socketPath = await enter(bench, person);
    // Doubles a text until it is too long.
    const argv = ['/bin/sh', '-c', 'a=xxxxxxxxxxxxxxxx; while :; do a=$a$a; done'];
    await startKernel(socketPath, { argv });
    const larger = { english: expect.stringContaining('ml.m5.large (4 GiB)') };
    await eventually(() => askAgent(socketPath, '/do/events')).toMatchObject([
      { event: 'kernelExited', outOfMemory: true, stoppedByPerson: false, reason: larger },
    ]);
  });

  it('may be started only with the means for it', async () => {
    const { person } = await openBench({
      async requireMeans(profileName, { instanceType }) {
        throw new StrongroomError('BudgetReached', `${profileName} ${instanceType}`);
      },
    });
    const answer = await startKernel(await enter(bench, person));
    expect(answer).toMatchObject({
      error: { code: 'BudgetReached', message: 'alice ml.t3.medium' },
    });
    expect(await kernelApps(bench)).toEqual([]);
  });

  it("is none of another person's", async () => {
    const { person } = await openBench();
    const bob = await bench.addPerson('bob');
    await enter(bench, bob.person);
    await startKernel(await enter(bench, person));
    const [app] = await kernelApps(bench);
    if (app === undefined) throw new Error('no kernel app');
    await expect(bench.studios.stopApp(bob.person.profileName, app.appId)).rejects.toMatchObject({
      code: 'AppNotFound',
    });
  });
});
