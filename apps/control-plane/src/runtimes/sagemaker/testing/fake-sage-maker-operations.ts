import { type FakeApp, FakeRefusal, type FakeSageMakerState } from './fake-sage-maker-state.ts';

type Input = Readonly<Record<string, unknown>>;
type Operation = (state: FakeSageMakerState, input: Input) => object;

const record = (value: unknown): Input => (value ?? {}) as Input;
const instanceTypeIn = (settings: unknown): string | undefined => {
  const lab = record(record(settings).JupyterLabAppSettings);
  const type = record(lab.DefaultResourceSpec).InstanceType;
  return typeof type === 'string' ? type : undefined;
};

/** The operations of the SageMaker API that the portal calls (SageMaker API Reference). */
export const fakeOperations: Readonly<Record<string, Operation>> = {
  ListDomains: (state) => ({ Domains: [describeDomain(state)] }),
  DescribeDomain(state, { DomainId }) {
    if (DomainId === state.names.domainId) return describeDomain(state);
    throw new FakeRefusal('ResourceNotFound', `Domain [${DomainId}] does not exist`);
  },
  ListUserProfiles: (state) => ({
    UserProfiles: [...state.profiles.values()].map(({ UserProfileName, Status }) => ({
      ...{ DomainId: state.names.domainId, UserProfileName, Status },
    })),
  }),
  DescribeUserProfile(state, { UserProfileName }) {
    const profile = state.profiles.get(String(UserProfileName));
    if (profile === undefined) throw new FakeRefusal('ResourceNotFound', 'No such user profile');
    return { ...profile, UserProfileArn: state.arn('user-profile', profile.UserProfileName) };
  },
  ListSpaces: (state) => ({ Spaces: [...state.spaces.values()].map(describeSpace) }),
  DescribeSpace: (state, { SpaceName }) => describeSpace(state.space(SpaceName)),
  CreateSpace(state, input) {
    const SpaceName = String(input.SpaceName);
    if (state.spaces.has(SpaceName)) throw new FakeRefusal('ResourceInUse', 'Space exists');
    const { OwnershipSettings, SpaceSharingSettings, SpaceSettings } = input;
    state.spaces.set(SpaceName, {
      ...{ SpaceName, CreationTime: state.now(), Status: 'Pending' },
      owner: String(record(OwnershipSettings).OwnerUserProfileName),
      sharingType: String(record(SpaceSharingSettings).SharingType),
      instanceType: instanceTypeIn(SpaceSettings),
    });
    return { SpaceArn: state.arn('space', SpaceName) };
  },
  UpdateSpace(state, { SpaceName, SpaceSettings }) {
    const space = state.space(SpaceName);
    // SageMaker refuses while an app of the space runs.
    if (state.apps.some((app) => app.SpaceName === SpaceName && isThere(app))) {
      throw new FakeRefusal('ResourceInUse', 'Space has a running app');
    }
    space.instanceType = instanceTypeIn(SpaceSettings) ?? space.instanceType;
    return { SpaceArn: state.arn('space', space.SpaceName) };
  },
  DeleteSpace(state, { SpaceName }) {
    const space = state.space(SpaceName);
    if (state.apps.some((app) => app.SpaceName === SpaceName && isThere(app))) {
      throw new FakeRefusal('ResourceInUse', 'Unable to delete a space with apps');
    }
    space.Status = 'Deleting';
    return {};
  },
  ListApps: (state) => ({ Apps: state.apps.map((app) => describeApp(state, app)) }),
  DescribeApp: (state, input) => describeApp(state, state.app(input)),
  CreateApp(state, { SpaceName, AppType, AppName, ResourceSpec }) {
    const space = state.space(SpaceName);
    if (state.apps.some((app) => app.SpaceName === SpaceName && isThere(app))) {
      throw new FakeRefusal('ResourceInUse', 'App exists');
    }
    state.apps.push({
      ...{ SpaceName: space.SpaceName, AppType: String(AppType), AppName: String(AppName) },
      instanceType: String(record(ResourceSpec).InstanceType ?? space.instanceType),
      ...{ CreationTime: state.now(), Status: 'Pending' },
    });
    return { AppArn: state.arn('app', space.SpaceName, String(AppType), String(AppName)) };
  },
  DeleteApp(state, input) {
    const app = state.app(input);
    if (!isThere(app)) throw new FakeRefusal('ResourceNotFound', 'App is gone');
    app.Status = 'Deleting';
    return {};
  },
  CreatePresignedDomainUrl(state, { UserProfileName, SpaceName }) {
    if (!state.profiles.has(String(UserProfileName))) {
      throw new FakeRefusal('ResourceNotFound', 'No such user profile');
    }
    if (SpaceName !== undefined && state.space(SpaceName).owner !== UserProfileName) {
      throw new FakeRefusal('ValidationException', 'The space is not of this user profile');
    }
    const { domainId, region } = state.names;
    const host = `${domainId}.studio.${region}.sagemaker.aws`;
    return { AuthorizedUrl: `https://${host}/auth?token=fake-for-${UserProfileName}` };
  },
};

function isThere({ Status }: FakeApp): boolean {
  return Status !== 'Deleted' && Status !== 'Failed';
}

function describeDomain({ names }: FakeSageMakerState) {
  const { domainId, domainName, region, accountId } = names;
  return {
    ...{ DomainId: domainId, DomainName: domainName, Status: 'InService' },
    DomainArn: `arn:aws:sagemaker:${region}:${accountId}:domain/${domainId}`,
    AppNetworkAccessType: 'VpcOnly',
    DefaultUserSettings: {
      JupyterLabAppSettings: {
        DefaultResourceSpec: {
          InstanceType: 'ml.t3.medium',
          LifecycleConfigArn: 'arn:fake-script',
        },
      },
    },
  };
}

function describeSpace(space: ReturnType<FakeSageMakerState['space']>) {
  const { SpaceName, owner, sharingType, instanceType, Status, CreationTime } = space;
  const { FailureReason } = space;
  const AppType = 'JupyterLab';
  return {
    ...{ SpaceName, Status, CreationTime, FailureReason },
    SpaceSettings: {
      ...{
        AppType,
        JupyterLabAppSettings: { DefaultResourceSpec: { InstanceType: instanceType } },
      },
    },
    OwnershipSettings: { OwnerUserProfileName: owner },
    SpaceSharingSettings: { SharingType: sharingType },
    SpaceSettingsSummary: { AppType },
    OwnershipSettingsSummary: { OwnerUserProfileName: owner },
    SpaceSharingSettingsSummary: { SharingType: sharingType },
  };
}

function describeApp(state: FakeSageMakerState, app: FakeApp) {
  const { SpaceName, AppType, AppName, Status, CreationTime, FailureReason } = app;
  return {
    ...{ SpaceName, AppType, AppName, Status, CreationTime, FailureReason },
    ...{ DomainId: state.names.domainId, LastHealthCheckTimestamp: app.LastHealthCheckTimestamp },
    ResourceSpec: { InstanceType: app.instanceType },
  };
}
