import { StrongroomError } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alice, bob, type FakePortal, openFakePortal } from './testing/open-fake-portal.ts';

let opened: FakePortal;
beforeEach(async () => {
  opened = await openFakePortal();
});
afterEach(() => opened.close());

const small = { instanceType: 'ml.t3.medium' };
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof StrongroomError ? error.code : String(error)),
  );

describe('a launch without a space', () => {
  it("opens SageMaker's own first page as its owner, for a minute", async () => {
    const launch = await opened.launch(alice);
    expect(launch.state).toBe('Ready');
    expect(launch.presignedUrl).toContain('token=fake-for-alice');
    expect(launch.expiresInSeconds).toBe(60);
    expect(launch.finishedStages.map(({ stage }) => stage)).toEqual(launch.stages);
    const [call] = opened.fake.callsOf('CreatePresignedDomainUrl');
    expect(call?.input).toEqual({
      ...{ DomainId: 'd-abcdefghijkl', UserProfileName: 'alice', LandingUri: 'studio::' },
      ...{ ExpiresInSeconds: 60, SessionExpirationDurationInSeconds: 43_200 },
    });
    expect(call?.signedRegion).toBe('ap-northeast-2');
  });

  it('is written down before the address is made, without the address', async () => {
    const { presignedUrl } = await opened.launch(alice);
    expect(opened.recorded.some((line) => line.startsWith('presigned ["alice"'))).toBe(true);
    expect(opened.recorded.join()).not.toContain(String(presignedUrl));
  });

  it("makes no address for another's profile, whatever a policy says", async () => {
    opened.rules.decide = () => true;
    const launch = await opened.launch(alice, undefined, bob);
    expect(launch.failure?.code).toBe('AccessDenied');
    expect(opened.fake.callsOf('CreatePresignedDomainUrl')).toEqual([]);
    expect(opened.recorded.join()).toContain('own-profile-on-aws');
  });

  it('makes none for who lost the right while it was on its way', async () => {
    let questions = 0;
    opened.rules.decide = () => {
      questions += 1;
      return questions === 1;
    };
    expect((await opened.launch(alice)).failure?.code).toBe('AccessDenied');
    expect(opened.fake.callsOf('CreatePresignedDomainUrl')).toEqual([]);
  });

  it.each([
    ['is not deployed', undefined],
    ['failed', { UserProfileName: 'alice', Status: 'Failed', FailureReason: 'no role' } as const],
  ])('says so where the profile %s', async (_, profile) => {
    if (profile === undefined) opened.fake.state.profiles.delete('alice');
    else opened.fake.state.profiles.set('alice', profile);
    expect((await opened.launch(alice)).failure?.code).toBe('ProfileNotDeployed');
  });
});

describe('what is made or opened', () => {
  it('is so in the session of its person, with the tags that policies speak of', async () => {
    await opened.portal.createSpace(alice, small);
    await opened.launch(alice, 'alice');
    const acts = ['CreateSpace', 'CreateApp', 'CreatePresignedDomainUrl'];
    const signers = acts.map((name) => opened.fake.callsOf(name)[0]?.signedBy);
    expect(signers).toEqual(acts.map(() => 'session-of-alice'));
    expect(opened.sts.asked[0]).toMatchObject({
      ...{ Action: 'AssumeRole', RoleSessionName: 'alice', SourceIdentity: 'alice' },
      RoleArn:
        'arn:aws:iam::000000000000:role/strongroom/strongroom-research-domain.data-scientist',
      ...{ 'Tags.member.1.Key': 'strongroom-profile', 'Tags.member.1.Value': 'alice' },
      ...{ 'Tags.member.2.Key': 'strongroom-team', 'Tags.member.2.Value': 'risk-models' },
      ...{ 'Tags.member.3.Key': 'strongroom-role', 'Tags.member.3.Value': 'data-scientist' },
    });
  });

  it('is not where that session is refused: the portal’s own role does nothing in its place', async () => {
    opened.sts.refusal.code = 'AccessDenied';
    const { failure } = await opened.launch(alice);
    expect(failure?.code).toBe('AwsAccessDenied');
    expect(opened.fake.callsOf('CreatePresignedDomainUrl')).toEqual([]);
  });
});

describe('a space', () => {
  it('is private, of its owner and of the size that was asked for', async () => {
    const space = await opened.portal.createSpace(alice, small);
    expect(space).toMatchObject({ spaceName: 'alice', status: 'Pending', app: null });
    expect(opened.fake.callsOf('CreateSpace')[0]?.input).toEqual({
      ...{ DomainId: 'd-abcdefghijkl', SpaceName: 'alice' },
      OwnershipSettings: { OwnerUserProfileName: 'alice' },
      SpaceSharingSettings: { SharingType: 'Private' },
      SpaceSettings: {
        AppType: 'JupyterLab',
        JupyterLabAppSettings: { DefaultResourceSpec: { InstanceType: 'ml.t3.medium' } },
      },
    });
  });

  it('is opened through all its stages, and its app costs what the table says', async () => {
    await opened.portal.createSpace(alice, small);
    const launch = await opened.launch(alice, 'alice');
    expect(launch.finishedStages.map(({ stage }) => stage)).toEqual([
      ...['Authorize', 'FindProfile', 'PrepareSpace', 'StartApp', 'Ready'],
    ]);
    const [call] = opened.fake.callsOf('CreatePresignedDomainUrl');
    expect(call?.input).toMatchObject({ SpaceName: 'alice', LandingUri: 'app:JupyterLab:' });
    const [space] = await opened.portal.spaces(alice);
    expect(space?.app?.status).toBe('InService');
    expect(space?.pricePerHour).toBe(0.06);
  });

  it('is started on its own size with the script that the domain gives everybody', async () => {
    await opened.portal.createSpace(alice, { instanceType: 'ml.m5.large' });
    await opened.launch(alice, 'alice');
    expect(opened.fake.callsOf('CreateApp')[0]?.input.ResourceSpec).toEqual({
      ...{ InstanceType: 'ml.m5.large', LifecycleConfigArn: 'arn:fake-script' },
    });
  });

  it('whose app runs is opened without starting another', async () => {
    await opened.portal.createSpace(alice, small);
    await opened.launch(alice, 'alice');
    await opened.launch(alice, 'alice');
    expect(opened.fake.callsOf('CreateApp')).toHaveLength(1);
  });

  it('of another is not opened, not changed and not told of', async () => {
    await opened.portal.createSpace(bob, small);
    expect((await opened.launch(alice, 'bob')).failure?.code).toBe('SpaceNotFound');
    expect(await codeOf(opened.portal.deleteSpace(alice, 'bob'))).toBe('SpaceNotFound');
    expect(await codeOf(opened.portal.setInstanceType(alice, 'bob', 'ml.m5.large'))).toBe(
      'SpaceNotFound',
    );
    expect(await opened.portal.spaces(alice)).toEqual([]);
  });

  it.each(['ml.p4d.24xlarge', 'system'])(
    'is made on no size that is not offered: %s',
    async (type) => {
      const asked = { ...small, instanceType: type };
      expect(await codeOf(opened.portal.createSpace(alice, asked))).toBe('InstanceTypeUnavailable');
      expect(opened.fake.callsOf('CreateSpace')).toEqual([]);
    },
  );

  it('that somebody else has changed to another size starts nothing on it', async () => {
    await opened.portal.createSpace(alice, small);
    opened.fake.state.space('alice').instanceType = 'ml.p4d.24xlarge';
    expect((await opened.launch(alice, 'alice')).failure?.code).toBe('InstanceTypeUnavailable');
    expect(opened.fake.callsOf('CreateApp')).toEqual([]);
  });

  it('starts no app for whom policy or budget keeps from it', async () => {
    await opened.portal.createSpace(alice, small);
    opened.rules.decide = ({ action }) => action !== 'sagemaker:CreateApp';
    expect((await opened.launch(alice, 'alice')).failure?.code).toBe('AccessDenied');
    opened.rules.decide = () => true;
    opened.means.failure = new StrongroomError('BudgetReached', 'spent');
    expect((await opened.launch(alice, 'alice')).failure?.code).toBe('BudgetReached');
    expect(opened.fake.callsOf('CreateApp')).toEqual([]);
  });

  it('keeps its size and itself for as long as its app runs', async () => {
    await opened.portal.createSpace(alice, small);
    await opened.launch(alice, 'alice');
    const { portal } = opened;
    expect(await codeOf(portal.setInstanceType(alice, 'alice', 'ml.m5.large'))).toBe('SpaceInUse');
    expect(await codeOf(portal.deleteSpace(alice, 'alice'))).toBe('SpaceInUse');
    const [app] = await portal.apps();
    await portal.stopApp(alice, app?.appId as never);
    opened.fake.state.settle();
    await portal.setInstanceType(alice, 'alice', 'ml.m5.large');
    await portal.deleteSpace(alice, 'alice');
    opened.fake.state.settle();
    expect(await portal.spaces(alice)).toEqual([]);
  });

  it('is made once where the first answer was lost', async () => {
    opened.fake.fail('CreateSpace', { code: 'InternalFailure', status: 500, isDone: true });
    expect((await opened.portal.createSpace(alice, small)).status).toBe('Pending');
    expect(opened.fake.state.spaces.size).toBe(1);
  });

  it('is refused where there is one of that name', async () => {
    await opened.portal.createSpace(alice, small);
    opened.fake.state.settle();
    expect(await codeOf(opened.portal.createSpace(alice, small))).toBe('SpaceExists');
  });

  it('that could not be made is not opened, and says why', async () => {
    await opened.portal.createSpace(alice, small);
    opened.fake.state.settle('the key is disabled');
    const { failure } = await opened.launch(alice, 'alice');
    expect(failure?.code).toBe('SpaceNotReady');
    expect(failure?.message).toContain('the key is disabled');
  });
});

describe('an app', () => {
  it('that fails says why, and the next launch starts another', async () => {
    await opened.portal.createSpace(alice, small);
    opened.fake.state.settle();
    opened.looks.betweenLooks = () => opened.fake.state.settle('no capacity');
    const { failure } = await opened.launch(alice, 'alice');
    expect(failure?.code).toBe('AppDidNotStart');
    expect(failure?.message).toContain('no capacity');
    const [failed] = await opened.portal.apps();
    expect(failed).toMatchObject({ status: 'Failed', endReason: 'no capacity' });
    opened.looks.betweenLooks = () => opened.fake.state.settle();
    expect((await opened.launch(alice, 'alice')).state).toBe('Ready');
  });

  it('that starts for longer than anybody waits is found by the next launch', async () => {
    await opened.portal.createSpace(alice, small);
    opened.fake.state.settle();
    opened.looks.betweenLooks = () => undefined;
    expect((await opened.launch(alice, 'alice')).failure?.code).toBe('AppDidNotStart');
    opened.fake.state.settle();
    expect((await opened.launch(alice, 'alice')).state).toBe('Ready');
    expect(opened.fake.callsOf('CreateApp')).toHaveLength(1);
  });

  it('is waited for where the one before is not gone yet', async () => {
    await opened.portal.createSpace(alice, small);
    await opened.launch(alice, 'alice');
    const [app] = await opened.portal.apps();
    await opened.portal.stopApp(alice, app?.appId as never);
    expect((await opened.launch(alice, 'alice')).state).toBe('Ready');
    expect(opened.fake.callsOf('CreateApp')).toHaveLength(2);
  });

  it('is stopped for its owner and for nobody else', async () => {
    await opened.portal.createSpace(alice, small);
    await opened.launch(alice, 'alice');
    const [app] = await opened.portal.apps();
    expect(await codeOf(opened.portal.stopApp(bob, app?.appId as never))).toBe('AppNotFound');
    await opened.portal.stopApp(alice, app?.appId as never);
    const [stopped] = await opened.portal.apps();
    expect(stopped?.status).toBe('Deleting');
  });

  it('of a person who is disabled is stopped', async () => {
    await opened.portal.createSpace(alice, small);
    await opened.launch(alice, 'alice');
    await opened.portal.stopAll(alice);
    expect((await opened.portal.apps()).map(({ status }) => status)).toEqual(['Deleting']);
  });
});
