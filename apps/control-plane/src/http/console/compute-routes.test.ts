import type { AppId, ProfileName } from '@strongroom/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runningApp } from '../../compute/testing/compute-for.ts';
import { denying } from '../../policies/testing/authorize-for.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

let running: RunningConsole;
beforeAll(async () => {
  running = await runConsole();
  running.studios.running = [
    runningApp(),
    runningApp({ appId: 'b'.repeat(32) as AppId, profileName: 'bob' as ProfileName }),
  ];
  running.studios.allowed = running.domainFile.domain.instanceTypes.slice(1, 2);
});
beforeEach(() => {
  running.own.policies = [];
});
afterAll(() => running.close());

async function ask(profileName: string, path: string) {
  const browser = await running.browserOf(profileName);
  return (await browser.send(path)).json;
}

interface Named {
  readonly profileName: string;
  readonly instanceType: string;
}
const owners = async (profileName: string) => {
  const { apps } = await ask(profileName, '/api/compute/apps');
  return apps.map((app: Named) => app.profileName);
};
const types = async (profileName: string) => {
  const { instanceTypes } = await ask(profileName, '/api/instance-types');
  return instanceTypes.map((type: Named) => type.instanceType);
};

describe('running apps', () => {
  it.each([
    ['alice', ['alice']],
    ['admin', ['alice', 'bob']],
  ])('are those that %s may describe', async (profileName, seen) => {
    expect(await owners(profileName)).toEqual(seen);
  });

  it('are nobody’s where a document denies describing them', async () => {
    running.own.policies = [denying({ Action: 'sagemaker:DescribeApp' })];
    expect(await owners('admin')).toEqual([]);
  });
});

describe('instance types', () => {
  it('are all for whoever administers, and for others what they may start', async () => {
    const all = running.domainFile.domain.instanceTypes.map(({ instanceType }) => instanceType);
    expect(await types('admin')).toEqual(all);
    expect(await types('alice')).toEqual([all[1]]);
  });

  it('are refused where a document denies describing the domain', async () => {
    running.own.policies = [denying({ Action: 'sagemaker:DescribeDomain' })];
    const answer = await ask('admin', '/api/instance-types');
    expect(answer.error.code).toBe('AccessDenied');
  });
});
