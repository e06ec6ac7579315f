import { document, getAtt, join, ref } from './intrinsic.ts';

/** The domain, its people and what watches over them. */
export function goodStudio(): Record<string, unknown> {
  return {
    Domain: {
      Type: 'AWS::SageMaker::Domain',
      Properties: {
        ...{ DomainName: 'research', AuthMode: 'IAM', AppNetworkAccessType: 'VpcOnly' },
        ...{ VpcId: ref('Network'), SubnetIds: [ref('SubnetOne'), ref('SubnetTwo')] },
        KmsKeyId: ref('DataKey'),
        DefaultUserSettings: {
          ExecutionRole: getAtt('AliceRole'),
          SecurityGroups: [ref('StudioGroup')],
          SharingSettings: {
            NotebookOutputOption: 'Allowed',
            S3OutputPath: join('s3://', ref('SharingBucket'), '/shared'),
            S3KmsKeyId: ref('DataKey'),
          },
          JupyterLabAppSettings: {
            AppLifecycleManagement: {
              IdleSettings: { LifecycleManagement: 'ENABLED', IdleTimeoutInMinutes: 60 },
            },
          },
        },
        DomainSettings: {
          DockerSettings: { EnableDockerAccess: 'DISABLED' },
          ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME',
        },
      },
    },
    ...person('Alice'),
    ...person('Bob'),
    Image: {
      Type: 'AWS::SageMaker::Image',
      Properties: { ImageName: 'research', ImageRoleArn: getAtt('AliceRole') },
    },
    Alarms: {
      Type: 'AWS::SNS::Topic',
      Properties: { KmsMasterKeyId: ref('AuditKey') },
    },
    AlarmsPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [ref('Alarms')],
        PolicyDocument: document({
          ...{ Sid: 'OnlyOverTls', Effect: 'Deny', Principal: '*', Action: 'sns:Publish' },
          Resource: ref('Alarms'),
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      },
    },
    StudioLogs: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { KmsKeyId: getAtt('AuditKey'), RetentionInDays: 365 },
    },
    Trail: {
      Type: 'AWS::CloudTrail::Trail',
      Properties: {
        ...{ IsLogging: true, EnableLogFileValidation: true, IsMultiRegionTrail: true },
        ...{ S3BucketName: ref('AuditBucket'), KMSKeyId: getAtt('AuditKey') },
        EventSelectors: [
          {
            ReadWriteType: 'All',
            DataResources: [
              {
                Type: 'AWS::S3::Object',
                Values: [join(getAtt('DataBucket'), '/'), join(getAtt('SharingBucket'), '/')],
              },
            ],
          },
        ],
      },
    },
    Budget: {
      Type: 'AWS::Budgets::Budget',
      Properties: {
        Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY' },
        NotificationsWithSubscribers: [{ Subscribers: [{ SubscriptionType: 'SNS' }] }],
      },
    },
  };
}

function person(name: string): Record<string, unknown> {
  const profileName = name.toLowerCase();
  return {
    [`${name}Profile`]: {
      Type: 'AWS::SageMaker::UserProfile',
      Properties: {
        ...{ DomainId: ref('Domain'), UserProfileName: profileName },
        Tags: [
          { Key: 'strongroom-profile', Value: profileName },
          { Key: 'strongroom-team', Value: 'research' },
        ],
        UserSettings: { ExecutionRole: getAtt(`${name}Role`) },
      },
    },
    [`${name}Space`]: {
      Type: 'AWS::SageMaker::Space',
      Properties: {
        ...{ DomainId: ref('Domain'), SpaceName: profileName },
        OwnershipSettings: { OwnerUserProfileName: profileName },
        SpaceSharingSettings: { SharingType: 'Private' },
      },
    },
  };
}
