import { afterEach, describe, expect, it } from 'vitest';
import { lastOf, serverApp, serverApps } from './testing/bench-actions.ts';
import { type BenchOptions, openStudioBench, type StudioBench } from './testing/studio-bench.ts';
import { ownStudio } from './testing/test-people.ts';

let bench: StudioBench;

afterEach(() => bench.close());

async function openBench(options: BenchOptions = {}) {
  bench = await openStudioBench(options);
  return bench.addPerson('alice');
}

describe('a launch', () => {
  it('passes through its stages and ends with a presigned URL of the own origin', async () => {
    const { person, sessionId } = await openBench();
    const launch = await lastOf(bench, bench.studios.launch(ownStudio(person, sessionId)));
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
      [1, 2, 3].map(() => lastOf(bench, bench.studios.launch(ownStudio(person, sessionId)))),
    );
    expect(launches.map(({ state }) => state)).toEqual(['Ready', 'Ready', 'Ready']);
    expect(new Set(launches.map(({ presignedUrl }) => presignedUrl)).size).toBe(3);
    expect(await serverApps(bench)).toHaveLength(1);
  });

  it('is known to nobody but its person', async () => {
    const { person, sessionId } = await openBench();
    const bob = await bench.addPerson('bob');
    const { launchId } = bench.studios.launch(ownStudio(person, sessionId));
    const followed = bench.studios.followLaunch(launchId, bob.person.profileName);
    await expect(followed[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'LaunchNotFound',
    });
  });

  it.each(['end-at-once', 'say-nothing'] as const)(
    'fails with a code, a remedy and a reference in the log when the server does %s',
    async (wish) => {
      const { person, sessionId } = await openBench({
        wish,
        ...(wish === 'say-nothing' && { startTimeoutMilliseconds: 300 }),
      });
      const launch = await lastOf(bench, bench.studios.launch(ownStudio(person, sessionId)));
      expect(launch.state).toBe('Failed');
      expect(launch.stage).toBe('StartServer');
      expect(launch.failure?.code).toBe('ServerDidNotStart');
      expect(launch.failure?.remedy).not.toBe('');
      const reference = launch.failure?.reference ?? 'none';
      const entry = bench.log.lines.find((line) => line.includes(reference));
      if (wish === 'end-at-once') expect(entry).toContain('a library is missing');
      const app = await serverApp(bench);
      expect(app.status).toBe('Failed');
      expect(app.endReason).toContain(reference);
    },
  );

  it('fails for a person who was disabled meanwhile', async () => {
    const { person, sessionId } = await openBench();
    bench.people.set('alice', { ...person, disabled: true });
    const launch = await lastOf(bench, bench.studios.launch(ownStudio(person, sessionId)));
    expect(launch.failure?.code).toBe('AccessDenied');
    expect(await bench.studios.apps()).toEqual([]);
  });
});
