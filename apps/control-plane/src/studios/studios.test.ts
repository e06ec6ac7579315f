import type { Launch } from '@strongroom/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { type BenchOptions, openStudioBench, type StudioBench } from './testing/studio-bench.ts';

let bench: StudioBench;

afterEach(() => bench.close());

async function openBench(options: BenchOptions = {}) {
  bench = await openStudioBench(options);
  return bench.addPerson('alice');
}

async function lastOf(launch: Launch): Promise<Launch> {
  let last = launch;
  for await (const each of bench.studios.followLaunch(launch.launchId, launch.profileName))
    last = each;
  return last;
}

describe('a launch', () => {
  it('passes through its stages in order and ends with a presigned URL of the own origin', async () => {
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
});
