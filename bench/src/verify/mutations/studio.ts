import type { Mutation } from '../mutation.ts';

const domain = 'AWS::SageMaker::Domain';
const profile = 'AWS::SageMaker::UserProfile';

export const studioMutations: readonly Mutation[] = [
  {
    ...{ id: 'domain-key-absent', breaks: 'domain-key' },
    ...{ mistake: 'domain without a key', isUncaughtByOthers: true },
    apply: (set) => set.set(domain, /./, 'KmsKeyId', undefined),
  },
  {
    ...{ id: 'sharing-key-absent', breaks: 'sharing-key' },
    ...{ mistake: 'sharing without a key', isUncaughtByOthers: true },
    apply: (set) =>
      set.set(domain, /./, 'DefaultUserSettings.SharingSettings.S3KmsKeyId', undefined),
  },
  {
    ...{ id: 'public-internet', breaks: 'domain-vpc-only' },
    ...{ mistake: 'PublicInternetOnly', isUncaughtByOthers: true },
    apply: (set) => set.set(domain, /./, 'AppNetworkAccessType', 'PublicInternetOnly'),
  },
  {
    ...{ id: 'docker-enabled', breaks: 'docker-off' },
    ...{ mistake: 'Docker enabled', isUncaughtByOthers: true },
    apply: (set) =>
      set.set(domain, /./, 'DomainSettings.DockerSettings', { EnableDockerAccess: 'ENABLED' }),
  },
  {
    ...{ id: 'idle-shutdown-off', breaks: 'idle-shutdown' },
    mistake: 'idle shutdown off',
    apply: (set) =>
      set.set(
        domain,
        /./,
        'DefaultUserSettings.JupyterLabAppSettings.AppLifecycleManagement',
        undefined,
      ),
  },
  {
    ...{ id: 'default-groups-missing', breaks: 'studio-groups-named' },
    mistake: 'domain names no security groups',
    apply: (set) => set.set(domain, /./, 'DefaultUserSettings.SecurityGroups', undefined),
  },
  {
    ...{ id: 'sessions-without-names', breaks: 'session-names-its-person' },
    mistake: 'sessions of notebooks do not name their person',
    apply: (set) => set.set(domain, /./, 'DomainSettings.ExecutionRoleIdentityConfig', 'DISABLED'),
  },
  {
    ...{ id: 'one-role-for-all', breaks: 'execution-role-per-person' },
    mistake: 'one execution role for two people',
    apply(set) {
      const role = set.logicalIdOf('AWS::IAM::Role', /personalice/);
      set.set(profile, /bob/, 'UserSettings.ExecutionRole', { 'Fn::GetAtt': [role, 'Arn'] });
    },
  },
  {
    ...{ id: 'shared-space', breaks: 'spaces-private' },
    mistake: 'shared space',
    apply: (set) =>
      set.set('AWS::SageMaker::Space', /alice/, 'SpaceSharingSettings.SharingType', 'Shared'),
  },
  {
    ...{ id: 'profile-without-tags', breaks: 'profiles-tagged' },
    mistake: 'profile without tags',
    apply: (set) => set.set(profile, /bob/, 'Tags', undefined),
  },
];
