import { getAtt } from '../testing/intrinsic.ts';
import { describeQuestions, set, somethingUnknown } from '../testing/question-cases.ts';
import { studioQuestions } from './studio-questions.ts';

const sharing = 'Domain.DefaultUserSettings.SharingSettings';
const idle = 'Domain.DefaultUserSettings.JupyterLabAppSettings.AppLifecycleManagement';

describeQuestions(studioQuestions, {
  'domain-vpc-only': {
    broken: set('Domain.AppNetworkAccessType', 'PublicInternetOnly'),
    unknown: set('Domain.AppNetworkAccessType', somethingUnknown),
  },
  'domain-key': {
    broken: set('Domain.KmsKeyId', undefined),
    unknown: set('Domain.KmsKeyId', somethingUnknown),
  },
  'docker-off': {
    broken: set('Domain.DomainSettings.DockerSettings.EnableDockerAccess', 'ENABLED'),
    unknown: set('Domain.DomainSettings.DockerSettings', somethingUnknown),
  },
  'idle-shutdown': {
    broken: set(`${idle}.IdleSettings`, undefined),
    unknown: set(`${idle}.IdleSettings.LifecycleManagement`, somethingUnknown),
  },
  'sharing-key': {
    broken: set(`${sharing}.S3KmsKeyId`, undefined),
    unknown: set(`${sharing}.S3KmsKeyId`, somethingUnknown),
  },
  'studio-groups-named': {
    broken: set('Domain.DefaultUserSettings.SecurityGroups', undefined),
    unknown: set('Domain.DefaultUserSettings.SecurityGroups', somethingUnknown),
  },
  'session-names-its-person': {
    broken: set('Domain.DomainSettings.ExecutionRoleIdentityConfig', 'DISABLED'),
    unknown: set('Domain.DomainSettings.ExecutionRoleIdentityConfig', somethingUnknown),
  },
  'execution-role-per-person': {
    broken: set('BobProfile.UserSettings.ExecutionRole', getAtt('AliceRole')),
    unknown: set('BobProfile.UserSettings.ExecutionRole', somethingUnknown),
  },
  'spaces-private': {
    broken: set('BobSpace.SpaceSharingSettings.SharingType', 'Shared'),
    unknown: set('BobSpace.SpaceSharingSettings', somethingUnknown),
  },
  'single-sign-on-names-people': {
    holds: (template) => {
      set('Domain.AuthMode', 'SSO')(template);
      for (const name of ['Alice', 'Bob']) {
        set(`${name}Profile.SingleSignOnUserValue`, name.toLowerCase())(template);
      }
    },
    broken: set('BobProfile.SingleSignOnUserValue', undefined),
    unknown: set('BobProfile.SingleSignOnUserValue', somethingUnknown),
  },
  'profiles-tagged': {
    broken: set('BobProfile.Tags', undefined),
    unknown: set('BobProfile.Tags', somethingUnknown),
  },
});
