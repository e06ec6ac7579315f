import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultDomainFile, readDomain } from '@strongroom/domain';
import { allAttacks } from '../all-attacks.ts';
import { openAwsClients } from '../aws-clients.ts';
import { readDeployment } from '../deployment.ts';
import { Journal } from '../journal.ts';
import { readOnlyProbes } from '../read-only-probes.ts';
import { runCheck } from '../run-check.ts';
import { type FakeAws, type FakeInput, startFakeAws } from './fake-aws.ts';

const { domain } = readDomain(defaultDomainFile, '/srv/strongroom.yaml', 'strongroom.yaml');
const stackName = 'strongroom-research';
const bucketNames = [...domain.buckets.map(({ name }) => name), domain.sharing.bucket];
const keyId = '11111111-2222-3333-4444-555555555555';
const keyArn = `arn:aws:kms:ap-northeast-2:000000000000:key/${keyId}`;
const domainId = 'd-abcdefghijkl';

const executionRole = {
  Type: 'AWS::IAM::Role',
  Properties: {
    PermissionsBoundary: 'arn:aws:iam::000000000000:policy/boundary',
    AssumeRolePolicyDocument: {
      Statement: [{ Principal: { Service: 'sagemaker.amazonaws.com' } }],
    },
  },
};
const bucketResource = {
  Type: 'AWS::S3::Bucket',
  Properties: {
    BucketEncryption: { x: 'aws:kms' },
    VersioningConfiguration: { Status: 'Enabled' },
    ObjectLockEnabled: true,
  },
};

/** A small template with one of everything that is looked at. */
export const template: Record<string, unknown> = {
  Resources: {
    ...Object.fromEntries(bucketNames.map((_, index) => [`Bucket${index}`, bucketResource])),
    AliceRole: executionRole,
  },
};

const deployed = [
  ['Studio', domainId, 'AWS::SageMaker::Domain'],
  ['Vpc', 'vpc-1', 'AWS::EC2::VPC'],
  ['SubnetA', 'subnet-a', 'AWS::EC2::Subnet'],
  ['SubnetB', 'subnet-b', 'AWS::EC2::Subnet'],
  ['Key', keyId, 'AWS::KMS::Key'],
  ['AliceRole', 'strongroom-research-alice', 'AWS::IAM::Role'],
  ...bucketNames.map((name, index) => [`Bucket${index}`, name, 'AWS::S3::Bucket'] as const),
] as const;

const allow = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const boundPolicy = JSON.stringify({
  Statement: [{ ...allow, Condition: { StringEquals: { 'aws:PrincipalAccount': '0' } } }],
});
export const openPolicy = JSON.stringify({ Statement: [allow] });
const bucketPolicy = JSON.stringify({
  Statement: [
    { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ],
});
const explicitly = 'because of an explicit deny in a resource-based policy (explicit deny)';

/** Answers as a deployment that is as it shall be would give them. */
function scriptGoodDeployment(fake: FakeAws): void {
  fake.answer('sts GetCallerIdentity', { Account: '000000000000' });
  fake.answer('sts AssumeRole', ({ RoleSessionName: name }: FakeInput) => ({
    Credentials: {
      ...{ AccessKeyId: `ASIASESSIONOF${String(name).toUpperCase()}`, SecretAccessKey: 'secret' },
      ...{ SessionToken: 'token-of-a-session', Expiration: '2030-01-01T00:00:00Z' },
    },
  }));
  fake.answer('cloudformation DescribeStacks', { Stacks: [{ StackName: stackName }] });
  fake.answer('cloudformation ListStackResources', {
    StackResourceSummaries: deployed.map(([logical, physical, type]) => ({
      ...{ LogicalResourceId: logical, PhysicalResourceId: physical, ResourceType: type },
      ...{ LastUpdatedTimestamp: '2026-01-01T00:00:00Z', ResourceStatus: 'CREATE_COMPLETE' },
    })),
  });
  fake.answer('cloudformation GetTemplate', { TemplateBody: JSON.stringify(template) });
  fake.answer('cloudformation DetectStackDrift', { StackDriftDetectionId: 'detection' });
  fake.answer('cloudformation DescribeStackDriftDetectionStatus', {
    ...{ StackId: 'x', StackDriftDetectionId: 'x', Timestamp: '2026-01-01T00:00:00Z' },
    DetectionStatus: 'DETECTION_COMPLETE',
  });
  fake.answer('cloudformation DescribeStackResourceDrifts', {
    StackResourceDrifts: [drift('IN_SYNC')],
  });
  scriptStudios(fake);
  scriptNetwork(fake);
  scriptStorage(fake);
}

export function drift(status: string) {
  return {
    ...{ StackId: 'x', LogicalResourceId: 'AliceRole', ResourceType: 'AWS::IAM::Role' },
    ...{ StackResourceDriftStatus: status, Timestamp: '2026-01-01T00:00:00Z' },
  };
}

export const studioDomain = {
  ...{ AppNetworkAccessType: 'VpcOnly', SubnetIds: ['subnet-a', 'subnet-b'], VpcId: 'vpc-1' },
  ...{ KmsKeyId: keyArn, HomeEfsFileSystemId: 'fs-1', DomainId: domainId },
  DomainSettings: {
    DockerSettings: { EnableDockerAccess: 'DISABLED' },
    ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME',
  },
  DefaultUserSettings: { SharingSettings: { NotebookOutputOption: 'Disabled' } },
};

function scriptStudios(fake: FakeAws): void {
  fake.answer('sagemaker DescribeDomain', studioDomain);
  fake.answer('sagemaker DescribeUserProfile', ({ UserProfileName: name }: FakeInput) => ({
    Status: 'InService',
    UserSettings: { ExecutionRole: `arn:role/${name}`, SecurityGroups: ['sg-1'] },
  }));
  for (const operation of ['CreatePresignedDomainUrl', 'CreateSpace', 'AddTags']) {
    fake.refuse(`sagemaker ${operation}`, 'AccessDeniedException', explicitly);
  }
}

function scriptNetwork(fake: FakeAws): void {
  fake.answer('ec2 DescribeRouteTables', {
    routeTableSet: [
      {
        routeTableId: 'rtb-1',
        routeSet: [{ destinationCidrBlock: '10.0.0.0/16', gatewayId: 'local' }],
      },
    ],
  });
  fake.answer('ec2 DescribeVpcEndpoints', {
    vpcEndpointSet: [
      {
        ...{ vpcEndpointId: 'vpce-1', serviceName: 'com.amazonaws.ap-northeast-2.sts' },
        ...{ vpcEndpointType: 'Interface', state: 'available', privateDnsEnabled: true },
        policyDocument: boundPolicy,
      },
    ],
  });
  fake.answer('ec2 DescribeSecurityGroups', { securityGroupInfo: [{ groupId: 'sg-default' }] });
  fake.answer('ec2 DescribeFlowLogs', {
    flowLogSet: [{ flowLogId: 'fl-1', flowLogStatus: 'ACTIVE', trafficType: 'ALL' }],
  });
}

function scriptStorage(fake: FakeAws): void {
  fake.answer('s3 GetPublicAccessBlock', {
    PublicAccessBlockConfiguration: {
      ...{ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true },
      RestrictPublicBuckets: true,
    },
  });
  fake.answer('s3 GetBucketEncryption', {
    ServerSideEncryptionConfiguration: {
      Rule: {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn },
        BucketKeyEnabled: true,
      },
    },
  });
  fake.answer('s3 GetBucketPolicy', { text: bucketPolicy });
  fake.answer('s3 GetBucketVersioning', { VersioningConfiguration: { Status: 'Enabled' } });
  fake.answer('s3 GetObjectLockConfiguration', {
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
    },
  });
  for (const operation of ['PutObject', 'GetObject']) {
    fake.refuse(`s3 ${operation}`, 'AccessDenied', explicitly);
  }
  fake.answer('s3 DeleteObject', {});
  fake.answer('sagemaker DeleteSpace', {});
  fake.answer('sagemaker DeleteTags', {});
  fake.answer('kms DescribeKey', { KeyMetadata: { KeyId: keyId, KeyState: 'Enabled' } });
  fake.answer('kms GetKeyRotationStatus', { KeyRotationEnabled: true });
  fake.answer('kms GetKeyPolicy', { Policy: boundPolicy });
  fake.answer('elasticfilesystem DescribeFileSystems', {
    FileSystems: [{ FileSystemId: 'fs-1', Encrypted: true, KmsKeyId: keyArn }],
  });
}

export type CheckedDeployment = Awaited<ReturnType<typeof openGoodDeployment>>;

/** The real check, with the real SDK clients, against the fake. */
export async function openGoodDeployment() {
  const fake = await startFakeAws();
  scriptGoodDeployment(fake);
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-check-'));
  const credentials = { accessKeyId: 'AKIAOPERATOROPERATOR', secretAccessKey: 'operator-secret' };
  const clients = openAwsClients({
    ...{ region: domain.domain.region, endpoint: fake.endpoint, credentials },
  });
  const journalPath = join(folder, 'aws-check.json');
  return {
    ...{ fake, folder, journalPath },
    async check({ isAttack = false, resumes = false } = {}) {
      const deployment = await readDeployment({
        ...{ domain, stacks: [{ stackName, template }], cloudFormation: clients.cloudFormation },
      });
      const journal = await Journal.open(journalPath, { resumes });
      return runCheck({
        context: { clients, deployment, journal },
        probes: readOnlyProbes(1),
        attacks: isAttack ? allAttacks : [],
      });
    },
    async close() {
      clients.close();
      await fake.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
