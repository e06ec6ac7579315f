import { STSClient } from '@aws-sdk/client-sts';
import type { ProfileName } from '@strongroom/contracts';
import { pino } from 'pino';
import type { Person } from '../../../identity/person.ts';
import type { AccessRequest, Decision } from '../../../policies/access-request.ts';
import { Launches } from '../../../studios/launches.ts';
import { createActAsPerson } from '../act-as-person.ts';
import { AppDirectory } from '../app-directory.ts';
import { DeployedDomain } from '../deployed-domain.ts';
import { DomainSnapshot } from '../domain-snapshot.ts';
import { PortalRules } from '../portal-rules.ts';
import { openSageMakerClient } from '../sage-maker-client.ts';
import { SageMakerPortal } from '../sage-maker-portal.ts';
import { SpaceDirectory } from '../space-directory.ts';
import { SpaceLaunch } from '../space-launch.ts';
import { fakeNames, startFakeSageMaker } from './fake-sage-maker.ts';
import { startFakeSts } from './fake-sts.ts';

export const alice = 'alice' as ProfileName;
export const bob = 'bob' as ProfileName;

const ownAlone = ({ principal, resource }: AccessRequest) => principal.profileName === resource;
const decisionOf = (allowed: boolean): Decision => ({
  ...{ allowed, rule: allowed ? 'test/allow' : 'implicit-deny' },
  ...{ sentence: '', koreanSentence: '' },
});

function personOf(profileName: string): Person {
  const person = { profileName, role: 'data-scientist', team: 'risk-models', disabled: false };
  return person as unknown as Person;
}

/** The portal with the real SDK client, against the fake. */
export async function openFakePortal(
  options: { readonly region?: string; readonly maximumLooks?: number } = {},
) {
  const fake = await startFakeSageMaker();
  const credentials = { accessKeyId: 'fake', secretAccessKey: 'fake' };
  const { endpoint } = fake;
  const client = openSageMakerClient({ region: fakeNames.region, endpoint, credentials });
  const { domainName: name, accountId } = fakeNames;
  const names = { name, accountId, region: options.region ?? fakeNames.region };
  const time = { now: new Date('2026-01-01T00:00:00Z') };
  fake.state.now = () => time.now.getTime() / 1000;
  // Each question is about a later moment: what was listed before is not what is there now.
  const clock = () => {
    time.now = new Date(time.now.getTime() + 4_000);
    return time.now;
  };
  const domain = new DeployedDomain({ client, names, domainId: undefined });
  const sts = await startFakeSts();
  const actAs = createActAsPerson({
    sts: new STSClient({ region: fakeNames.region, endpoint: sts.endpoint, credentials }),
    domain: () => ({ domain: { ...names } }),
    people: { find: async (profileName) => personOf(profileName) },
    endpoint,
  });
  const spaces = new SpaceDirectory({ client, domain, actAs });
  const apps = new AppDirectory({ client, domain, actAs });
  const snapshot = new DomainSnapshot({ spaces, apps, clock });
  const rules: { decide: (request: AccessRequest) => boolean } = { decide: ownAlone };
  const recorded: string[] = [];
  const record =
    (event: string) =>
    async (...fields: readonly unknown[]) => {
      recorded.push(`${event} ${JSON.stringify(fields)}`);
    };
  const means: { failure: Error | undefined } = { failure: undefined };
  const looks = { betweenLooks: () => fake.state.settle() };
  const portal = new SageMakerPortal({
    domain,
    rules: new PortalRules({
      domain: () => ({
        defaults: { imageName: 'host-python', instanceType: 'ml.t3.medium' },
        instanceTypes: ['system', 'ml.t3.medium', 'ml.m5.large'].map((instanceType) => ({
          ...{ instanceType, vcpuCount: 2, memoryMebibytes: 4096 },
        })),
      }),
      people: { find: async (profileName) => personOf(profileName) },
      authorize: (request) => decisionOf(rules.decide(request)),
      audit: {
        accessDenied: record('denied'),
        spaces: {
          started: record('started'),
          presigned: record('presigned'),
        } as never,
      },
      requireMeans: async () => {
        if (means.failure !== undefined) throw means.failure;
      },
    }),
    launches: new Launches(pino({ level: 'silent' })),
    spaceLaunch: new SpaceLaunch({
      ...{ client, actAs, domain, spaces, apps },
      sessionSeconds: () => 12 * 3600,
      pause: async () => looks.betweenLooks(),
      maximumLooks: options.maximumLooks ?? 20,
    }),
    ...{ spaces, apps, snapshot },
    priceOf: (instanceType) => (instanceType === 'ml.t3.medium' ? 0.06 : null),
    defaultInstanceType: () => 'ml.t3.medium',
  });
  return {
    ...{
      fake,
      sts,
      portal,
      rules,
      recorded,
      means,
      looks,
      domain,
      spaces,
      apps,
      snapshot,
      clock,
      time,
    },
    /** To its end. */
    async launch(profileName: ProfileName, spaceName?: string, visitor = profileName) {
      const asked = { profileName, visitor: personOf(visitor), spaceName };
      const { launchId } = portal.launch({ ...asked, sessionId: 'session' });
      const seen = [];
      for await (const launch of portal.followLaunch(launchId, visitor)) seen.push(launch);
      const last = seen.at(-1);
      if (last === undefined) throw new Error('The launch told nothing');
      return last;
    },
    async close() {
      client.destroy();
      await sts.close();
      await fake.close();
    },
  };
}

export type FakePortal = Awaited<ReturnType<typeof openFakePortal>>;
