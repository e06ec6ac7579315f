import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tableLines, toJson } from './describe-results.ts';
import { exitCodeOf } from './run-check.ts';
import type { FakeAnswer } from './testing/fake-aws.ts';
import {
  type CheckedDeployment,
  drift,
  openGoodDeployment,
  openPolicy,
  studioDomain,
  template,
} from './testing/good-deployment.ts';

let deployed: CheckedDeployment;
beforeEach(async () => {
  deployed = await openGoodDeployment();
});
afterEach(() => deployed.close());

const stateOf = async (probe: string, options = {}) => {
  const results = (await deployed.check(options)).filter((result) => result.probe === probe);
  return [...new Set(results.map(({ state }) => state))];
};

describe('a check of what is deployed', () => {
  it('passes where everything is as it shall be, and changes nothing', async () => {
    const results = await deployed.check();
    expect(results.filter(({ state }) => state !== 'pass')).toEqual([]);
    expect(exitCodeOf(results)).toBe(0);
    const changing = deployed.fake.calls.filter(({ operation }) =>
      /^(?:Create|Put|Delete|Add|Update|AssumeRole)/.test(operation),
    );
    expect(changing).toEqual([]);
  });

  const bad: readonly (readonly [probe: string, what: string, answer: FakeAnswer])[] = [
    ['account', 'sts GetCallerIdentity', { Account: '999999999999' }],
    [
      'templates',
      'cloudformation GetTemplate',
      { TemplateBody: JSON.stringify({ ...template, Description: 'other' }) },
    ],
    [
      'drift',
      'cloudformation DescribeStackResourceDrifts',
      { StackResourceDrifts: [drift('MODIFIED')] },
    ],
    [
      'boundaries',
      'cloudformation DescribeStackResourceDrifts',
      { StackResourceDrifts: [drift('DELETED')] },
    ],
    [
      'domain-network',
      'sagemaker DescribeDomain',
      { ...studioDomain, AppNetworkAccessType: 'PublicInternetOnly' },
    ],
    [
      'domain-network',
      'sagemaker DescribeDomain',
      { ...studioDomain, SubnetIds: ['subnet-other'] },
    ],
    ['domain-key', 'sagemaker DescribeDomain', { ...studioDomain, KmsKeyId: undefined }],
    [
      'domain-settings',
      'sagemaker DescribeDomain',
      { ...studioDomain, DomainSettings: { DockerSettings: { EnableDockerAccess: 'ENABLED' } } },
    ],
    [
      'profiles',
      'sagemaker DescribeUserProfile',
      { Status: 'InService', UserSettings: { ExecutionRole: 'arn:one', SecurityGroups: ['sg'] } },
    ],
    [
      'routes',
      'ec2 DescribeRouteTables',
      {
        routeTableSet: [
          {
            routeTableId: 'r',
            routeSet: [{ destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-1' }],
          },
        ],
      },
    ],
    [
      'endpoints',
      'ec2 DescribeVpcEndpoints',
      {
        vpcEndpointSet: [
          {
            vpcEndpointId: 'v',
            state: 'available',
            vpcEndpointType: 'Gateway',
            policyDocument: openPolicy,
          },
        ],
      },
    ],
    [
      'endpoints',
      'ec2 DescribeVpcEndpoints',
      { vpcEndpointSet: [{ vpcEndpointId: 'v', state: 'available', vpcEndpointType: 'Gateway' }] },
    ],
    [
      'default-security-group',
      'ec2 DescribeSecurityGroups',
      { securityGroupInfo: [{ groupId: 'sg', ipPermissionsEgress: [{ ipProtocol: '-1' }] }] },
    ],
    ['flow-logs', 'ec2 DescribeFlowLogs', { flowLogSet: [] }],
    [
      'public-access',
      's3 GetPublicAccessBlock',
      { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
    ],
    [
      'encryption',
      's3 GetBucketEncryption',
      {
        ServerSideEncryptionConfiguration: {
          Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        },
      },
    ],
    ['bucket-policies', 's3 GetBucketPolicy', { text: openPolicy }],
    ['versioning', 's3 GetBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } }],
    [
      'object-lock',
      's3 GetObjectLockConfiguration',
      { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
    ],
    ['keys', 'kms GetKeyRotationStatus', { KeyRotationEnabled: false }],
    ['keys', 'kms GetKeyPolicy', { Policy: openPolicy }],
    [
      'homes',
      'elasticfilesystem DescribeFileSystems',
      { FileSystems: [{ FileSystemId: 'fs-1', Encrypted: false }] },
    ],
  ];
  it.each(bad)('fails %s where %s tells otherwise', async (probe, what, answer) => {
    deployed.fake.answer(what, answer);
    expect(await stateOf(probe)).toContain('fail');
    expect(exitCodeOf(await deployed.check())).toBe(1);
  });

  it.each([
    ['templates', 'cloudformation GetTemplate'],
    ['drift', 'cloudformation DetectStackDrift'],
    ['boundaries', 'cloudformation DescribeStackResourceDrifts'],
    ['domain-network', 'sagemaker DescribeDomain'],
    ['profiles', 'sagemaker DescribeUserProfile'],
    ['routes', 'ec2 DescribeRouteTables'],
    ['endpoints', 'ec2 DescribeVpcEndpoints'],
    ['flow-logs', 'ec2 DescribeFlowLogs'],
    ['encryption', 's3 GetBucketEncryption'],
    ['keys', 'kms DescribeKey'],
    ['homes', 'elasticfilesystem DescribeFileSystems'],
  ])('does not know %s where %s is denied, and never passes it', async (probe, what) => {
    deployed.fake.refuse(what, 'AccessDeniedException');
    const results = await deployed.check();
    const found = results.filter((result) => result.probe === probe);
    expect(found.map(({ state }) => state)).not.toContain('pass');
    expect(found[0]?.detail).toContain('AccessDenied');
    expect(exitCodeOf(results)).toBe(2);
  });

  it('asks nothing more in another account', async () => {
    deployed.fake.answer('sts GetCallerIdentity', { Account: '999999999999' });
    const results = await deployed.check({ isAttack: true });
    expect(results.map(({ probe }) => probe)).toEqual(['account']);
    expect(deployed.fake.callsOf('PutObject')).toEqual([]);
  });

  it('goes on where it was interrupted, and asks again what was unknown', async () => {
    deployed.fake.refuse('kms DescribeKey', 'AccessDeniedException');
    await deployed.check();
    const before = deployed.fake.callsOf('DescribeRouteTables').length;
    deployed.fake.answer('kms DescribeKey', { KeyMetadata: { KeyId: 'x', KeyState: 'Enabled' } });
    const results = await deployed.check({ resumes: true });
    expect(exitCodeOf(results)).toBe(0);
    expect(deployed.fake.callsOf('DescribeRouteTables')).toHaveLength(before);
  });

  it('is told as a table and as JSON with one line for each', async () => {
    const results = await deployed.check();
    expect(tableLines(results)).toHaveLength(results.length);
    const json = JSON.parse(toJson(results, { checkedAt: 'now', isAttack: false }));
    expect(json.results).toHaveLength(results.length);
  });
});

describe('an attack', () => {
  const attacks = [
    ...['upload-without-key', 'upload-under-another-key', 'read-from-outside'],
    ...['open-another-studio', 'open-from-outside', 'unapproved-instance-type'],
    ...['space-of-another', 'change-tags'],
  ];
  it('passes where everything is refused', async () => {
    const results = await deployed.check({ isAttack: true });
    expect(results.filter(({ state }) => state !== 'pass')).toEqual([]);
    expect([...new Set(results.map(({ probe }) => probe))]).toEqual(
      expect.arrayContaining(attacks),
    );
  });

  it('is made in the session of a person where it is a person’s', async () => {
    await deployed.check({ isAttack: true });
    const [call] = deployed.fake.callsOf('CreatePresignedDomainUrl');
    expect(call?.signedBy).toBe('ASIASESSIONOFALICE');
    expect(call?.input.UserProfileName).toBe('bob');
  });

  it.each([
    ['upload-without-key', 's3 PutObject', {}, 'DeleteObject'],
    ['unapproved-instance-type', 'sagemaker CreateSpace', { SpaceArn: 'x' }, 'DeleteSpace'],
    ['space-of-another', 'sagemaker CreateSpace', { SpaceArn: 'x' }, 'DeleteSpace'],
    ['change-tags', 'sagemaker AddTags', { Tags: [] }, 'DeleteTags'],
  ])('%s that succeeds fails the check, and what it made is removed', async (...row) => {
    const [attack, what, answer, removal] = row;
    deployed.fake.answer(what, answer);
    expect(await stateOf(attack, { isAttack: true })).toEqual(['fail']);
    expect(deployed.fake.callsOf(removal).length).toBeGreaterThan(0);
    const journal = JSON.parse(await readFile(deployed.journalPath, 'utf8'));
    expect(journal.leftovers).toEqual([]);
  });

  it('that succeeds on an address shows it to nobody', async () => {
    const AuthorizedUrl = 'https://d-x.studio.ap-northeast-2.sagemaker.aws/auth?token=bearer';
    deployed.fake.answer('sagemaker CreatePresignedDomainUrl', { AuthorizedUrl });
    const results = await deployed.check({ isAttack: true });
    expect(exitCodeOf(results)).toBe(1);
    const written = await readFile(deployed.journalPath, 'utf8');
    const shown = `${tableLines(results).join()}${written}`;
    for (const secret of ['bearer', 'token-of-a-session', 'operator-secret', 'ASIASESSION']) {
      expect(shown).not.toContain(secret);
    }
  });

  it('never removes the space that a person has', async () => {
    deployed.fake.refuse('sagemaker CreateSpace', 'ResourceInUse');
    expect(await stateOf('unapproved-instance-type', { isAttack: true })).toEqual(['fail']);
    const removed = deployed.fake.callsOf('DeleteSpace').map(({ input }) => input.SpaceName);
    expect(removed).not.toContain('alice');
  });

  it('is unknown where nobody says that the policy refused it', async () => {
    deployed.fake.refuse('s3 PutObject', 'AccessDenied', 'no identity-based policy allows it');
    expect(await stateOf('upload-without-key', { isAttack: true })).toEqual(['unknown']);
  });

  it('is unknown where nobody may act as a person', async () => {
    deployed.fake.refuse('sts AssumeRole', 'AccessDenied');
    expect(await stateOf('open-another-studio', { isAttack: true })).toEqual(['unknown']);
  });

  it('that was interrupted is cleaned up after by the next check', async () => {
    deployed.fake.answer('s3 PutObject', {});
    deployed.fake.refuse('s3 DeleteObject', 'AccessDenied');
    await deployed.check({ isAttack: true });
    const { leftovers } = JSON.parse(await readFile(deployed.journalPath, 'utf8'));
    expect(leftovers.length).toBeGreaterThan(0);
    expect(await stateOf('clean-up')).toEqual(['unknown']);
    deployed.fake.answer('s3 DeleteObject', {});
    await deployed.check();
    const after = JSON.parse(await readFile(deployed.journalPath, 'utf8'));
    expect(after.leftovers).toEqual([]);
  });
});
