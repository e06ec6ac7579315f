import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { denying } from '../policies/testing/authorize-for.ts';
import { enter, kernelApps, lastOf, serverApp, startKernel } from './testing/bench-actions.ts';
import { eventually } from './testing/eventually.ts';
import { processesOf } from './testing/processes-of.ts';
import { type BenchOptions, openStudioBench, type StudioBench } from './testing/studio-bench.ts';
import { ownStudio } from './testing/test-people.ts';

let bench: StudioBench;

afterEach(() => bench.close());

async function openBench(options: BenchOptions = {}) {
  bench = await openStudioBench(options);
  return bench.addPerson('alice');
}

const noKernels = denying({
  Action: 'sagemaker:CreateApp',
  Resource: 'arn:aws:sagemaker:*:*:app/*/alice/KernelGateway/*',
});
const withinMilliseconds = 5_000;
/** A loaded machine stops processes more slowly than the limit that is promised. */
const slackMilliseconds = 2_000;

describe('a kernel', () => {
  it('is refused where a policy speaks of kernels, and the studio runs on', async () => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    bench.own.policies = [noKernels];
    expect(await startKernel(socketPath)).toMatchObject({ error: { code: 'AccessDenied' } });
    expect(await kernelApps(bench)).toEqual([]);
    expect((await serverApp(bench)).status).toBe('InService');
  });

  it('is refused where only the role of the notebooks may not have it', async () => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    const bindings = [{ kind: 'execution-role', profileName: person.profileName } as const];
    bench.own.policies = [{ ...noKernels, bindings }];
    expect(await startKernel(socketPath)).toMatchObject({ error: { code: 'AccessDenied' } });
  });

  it('on a size that a document keeps from its person is neither offered nor started', async () => {
    const sizes = [
      { instanceType: 'system', vcpuCount: 2, memoryMebibytes: 1024 },
      { instanceType: 'ml.t3.medium', vcpuCount: 2, memoryMebibytes: 512 },
      { instanceType: 'ml.m5.large', vcpuCount: 2, memoryMebibytes: 512 },
    ];
    const { person } = await openBench({ instanceTypes: sizes });
    const socketPath = await enter(bench, person);
    const offered = async () =>
      (await bench.studios.allowedTypes(person.profileName)).map((type) => type.instanceType);
    expect(await offered()).toEqual(['ml.t3.medium', 'ml.m5.large']);
    const noLarge = denying({
      Action: 'sagemaker:CreateApp',
      Condition: { 'ForAnyValue:StringLike': { 'sagemaker:InstanceTypes': ['ml.m5.*'] } },
    });
    for (const binding of [
      { kind: 'team', team: person.team },
      { kind: 'person', profileName: person.profileName },
      { kind: 'execution-role', profileName: person.profileName },
    ] as const) {
      bench.own.policies = [{ ...noLarge, bindings: [binding] }];
      expect(await offered()).toEqual(['ml.t3.medium']);
      // To show what there is nothing was asked for, and so nothing refused.
      if (binding.kind === 'team') expect(bench.audit.of('access-denied')).toEqual([]);
      const answer = await startKernel(socketPath, { instanceType: 'ml.m5.large' });
      expect(answer).toMatchObject({ error: { code: 'AccessDenied' } });
    }
    expect(bench.audit.of('access-denied')).not.toEqual([]);
  });

  it('ends at a review where a policy no longer allows it, and the studio runs on', async () => {
    const { person } = await openBench();
    const socketPath = await enter(bench, person);
    await startKernel(socketPath, { kernelId: randomUUID() });
    await bench.studios.review();
    expect((await kernelApps(bench))[0]?.status).toBe('InService');
    bench.own.policies = [noKernels];
    await bench.studios.review();
    expect((await kernelApps(bench))[0]).toMatchObject({
      ...{ status: 'Deleted', endReason: 'A policy no longer allows it' },
    });
    expect((await serverApp(bench)).status).toBe('InService');
  });
});

describe('a right that ends by the time of day', () => {
  it('takes the studio, its kernels and its processes with it within five seconds', async () => {
    const { person } = await openBench();
    await startKernel(await enter(bench, person));
    const untilInAnHour = new Date(bench.clock().getTime() + 3_600_000).toISOString();
    bench.own.policies = [
      denying({
        Action: 'sagemaker:CreateApp',
        Condition: { DateGreaterThan: { 'aws:CurrentTime': untilInAnHour } },
      }),
    ];
    bench.advance(3_600_001);
    const endedAt = Date.now();
    await eventually(() => processesOf(bench.dataFolder)).toEqual([]);
    expect(Date.now() - endedAt).toBeLessThan(withinMilliseconds + slackMilliseconds);
    await eventually(async () => (await serverApp(bench)).endReason).toBe(
      'A policy no longer allows it',
    );
  });
});

describe('a person who is disabled', () => {
  it('has no launch a second later and no studio that was starting five seconds later', async () => {
    const { person, sessionId } = await openBench({ wish: 'say-nothing' });
    const launch = bench.studios.launch(ownStudio(person, sessionId));
    await eventually(() => processesOf(bench.dataFolder)).not.toEqual([]);
    bench.people.set('alice', { ...person, disabled: true });
    const disabledAt = Date.now();
    bench.events.emit('disabled', { profileName: person.profileName });
    const last = await lastOf(bench, launch);
    expect(Date.now() - disabledAt).toBeLessThan(1_000);
    expect(last).toMatchObject({ state: 'Failed', failure: { code: 'StudioStopped' } });
    await eventually(() => processesOf(bench.dataFolder)).toEqual([]);
    expect(Date.now() - disabledAt).toBeLessThan(withinMilliseconds);
    await eventually(() => serverApp(bench)).toMatchObject({
      ...{ status: 'Deleted', endReason: 'The profile was disabled' },
    });
  });

  it('gets nothing more of a file that is on its way', async () => {
    const { person } = await openBench();
    const { stream } = await bench.studios.readFile(person, 'large');
    const ended = new Promise<string>((resolve) => {
      stream.once('error', () => resolve('broken off'));
      stream.once('end', () => resolve('complete'));
    });
    bench.events.emit('disabled', { profileName: person.profileName });
    await eventually(() => processesOf(bench.dataFolder)).toEqual([]);
    stream.resume();
    expect(await ended).toBe('broken off');
  });
});

describe('a launch whose right ends while the studio starts', () => {
  it('has no address', async () => {
    const { person, sessionId } = await openBench();
    await enter(bench, person);
    const launch = bench.studios.launch(ownStudio(person, sessionId));
    // The first decision is taken by now; the start, of a studio that runs, takes a turn more.
    const steps = bench.studios.followLaunch(launch.launchId, person.profileName);
    for await (const { finishedStages } of steps) {
      if (finishedStages.some(({ stage }) => stage === 'Authorize')) {
        bench.own.policies = [denying({ Action: 'sagemaker:CreatePresignedDomainUrl' })];
        break;
      }
    }
    const last = await lastOf(bench, launch);
    expect(last).toMatchObject({ state: 'Failed', presignedUrl: null });
    expect(last.failure?.code).toBe('AccessDenied');
  });
});
