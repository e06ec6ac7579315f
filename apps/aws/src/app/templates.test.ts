import { describe, expect, it } from 'vitest';
import { domainWith, resourcesOf, templatesOf } from '../testing/synthesized.ts';

const templates = templatesOf(domainWith());
const withEgress = templatesOf(domainWith([], 'aws: { network: { egress: allow-list } }'));
const only = (type: string) => {
  const found = resourcesOf(templates, type);
  expect(found).toHaveLength(1);
  return found[0]?.resource.Properties ?? {};
};

describe('the templates of a first start’s domain', () => {
  it('have no way to the internet', () => {
    for (const type of [
      ...['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::Route'],
      ...['AWS::EC2::EIP', 'AWS::NetworkFirewall::Firewall'],
    ]) {
      expect(resourcesOf(templates, type), type).toEqual([]);
    }
    const rules = resourcesOf(templates, 'AWS::EC2::SecurityGroupEgress');
    for (const { resource } of rules) expect(resource.Properties.CidrIp).toBeUndefined();
    expect(rules.length).toBe(6);
  });

  it('change nothing but what is added where egress is switched on', () => {
    const [before, after] = [templates, withEgress].map(
      (set) => new Map(set.flatMap(({ resources }) => Object.entries(resources))),
    );
    for (const [id, resource] of before ?? []) expect(after?.get(id), id).toEqual(resource);
    expect(after?.size).toBeGreaterThan(before?.size ?? 0);
  });

  it('let exactly the allowed names out, and drop the rest', () => {
    const [group] = resourcesOf(withEgress, 'AWS::NetworkFirewall::RuleGroup');
    expect(group?.resource.Properties.RuleGroup).toMatchObject({
      RulesSource: { RulesSourceList: { Targets: ['files.pythonhosted.org', 'pypi.org'] } },
    });
    const [policy] = resourcesOf(withEgress, 'AWS::NetworkFirewall::FirewallPolicy');
    expect(policy?.resource.Properties.FirewallPolicy).toMatchObject({
      StatefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
    });
  });

  it('keep the SageMaker domain in the network, on the key, without Docker, with source identities', () => {
    expect(only('AWS::SageMaker::Domain')).toMatchObject({
      ...{ AppNetworkAccessType: 'VpcOnly', AuthMode: 'IAM', TagPropagation: 'ENABLED' },
      KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('KeysStudio'), 'Arn'] },
      DomainSettings: {
        DockerSettings: { EnableDockerAccess: 'DISABLED' },
        ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME',
      },
      DefaultUserSettings: {
        JupyterLabAppSettings: {
          AppLifecycleManagement: {
            IdleSettings: { LifecycleManagement: 'ENABLED', IdleTimeoutInMinutes: 60 },
          },
        },
      },
    });
  });

  it('give each person a role, a tagged profile and a private space of their own', () => {
    const profiles = resourcesOf(templates, 'AWS::SageMaker::UserProfile');
    expect(profiles.map(({ resource }) => resource.Properties.UserProfileName)).toEqual([
      ...['admin', 'alice', 'bob'],
    ]);
    const roles = profiles.map(({ resource }) => JSON.stringify(resource.Properties.UserSettings));
    expect(new Set(roles).size).toBe(3);
    for (const { resource } of profiles) {
      expect(resource.Properties.Tags).toContainEqual({
        Key: 'strongroom-profile',
        Value: resource.Properties.UserProfileName,
      });
    }
    for (const { resource } of resourcesOf(templates, 'AWS::SageMaker::Space')) {
      expect(resource.Properties).toMatchObject({
        SpaceSharingSettings: { SharingType: 'Private' },
        OwnershipSettings: { OwnerUserProfileName: resource.Properties.SpaceName },
      });
    }
  });

  it('bound every execution role, and let SageMaker alone act as one', () => {
    const roles = resourcesOf(templates, 'AWS::IAM::Role').filter(({ id }) =>
      id.includes('ExecutionRole'),
    );
    expect(roles).toHaveLength(3);
    for (const { resource } of roles) {
      expect(resource.Properties.PermissionsBoundary).toBeDefined();
      expect(JSON.stringify(resource.Properties.AssumeRolePolicyDocument)).toContain(
        '"Service":"sagemaker.amazonaws.com"',
      );
    }
  });

  it('keep buckets, keys and the domain where a stack goes', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::SageMaker::Domain']) {
      const found = resourcesOf(templates, type);
      expect(found.length, type).toBeGreaterThan(0);
      for (const { resource } of found) expect(resource.DeletionPolicy, type).toBe('Retain');
    }
  });

  it('lock the evidence, and close and seal every bucket', () => {
    const buckets = resourcesOf(templates, 'AWS::S3::Bucket').map(({ resource }) => resource);
    for (const { Properties } of buckets) {
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
        ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
      });
      expect(Properties.BucketEncryption).toBeDefined();
    }
    const audit = buckets.find(({ Properties }) =>
      String(Properties.BucketName).endsWith('-audit'),
    );
    expect(audit?.Properties).toMatchObject({ ObjectLockEnabled: true });
    const sealed = buckets.filter(({ Properties }) =>
      JSON.stringify(Properties.BucketEncryption).includes('"BucketKeyEnabled":true'),
    );
    expect(sealed).toHaveLength(buckets.length - 1);
  });

  it('make the roles that keys name before the keys', () => {
    const keys = resourcesOf(templates, 'AWS::KMS::Key');
    for (const { resource } of keys) {
      expect(resource.DependsOn?.join()).toContain('roleadministrator');
    }
  });
});

describe('hostile names of people', () => {
  const names = ['constructor', 'tostring', 'a-b', 'ab', 'a--b', 'ref', 'fn', 'x'.repeat(32)];
  const people = names
    .map(
      (name) =>
        `  - { profileName: ${name}, displayName: P, role: data-scientist, team: platform }\n`,
    )
    .join('');
  const hostile = templatesOf(
    domainWith([['  - profileName: bob\n', `${people}  - profileName: bob\n`]]),
  );

  it('each get what is theirs and nothing of another', () => {
    const profiles = resourcesOf(hostile, 'AWS::SageMaker::UserProfile');
    const found = profiles.map(({ resource }) => String(resource.Properties.UserProfileName));
    expect(found.sort()).toEqual([...names, 'admin', 'alice', 'bob'].sort());
    const roleNames = resourcesOf(hostile, 'AWS::IAM::Role').map(({ resource }) =>
      String(resource.Properties.RoleName),
    );
    const named = roleNames.filter((name) => name !== 'undefined');
    expect(new Set(named).size).toBe(named.length);
    for (const name of named) expect(name.length).toBeLessThanOrEqual(64);
  });
});

describe('five hundred people', () => {
  const many = Array.from(
    { length: 500 },
    (_, index) =>
      `  - { profileName: p${index}, displayName: P, role: data-scientist, team: platform }\n`,
  ).join('');
  const stacks = templatesOf(
    domainWith(
      [['  - profileName: bob\n', `${many}  - profileName: bob\n`]],
      'budgets: { perPerson: 9 }',
    ),
  );

  it('stay below what CloudFormation takes in a stack, and nobody is left out', () => {
    for (const { stackName, resources } of stacks) {
      expect(Object.keys(resources).length, stackName).toBeLessThan(500);
    }
    expect(resourcesOf(stacks, 'AWS::SageMaker::UserProfile')).toHaveLength(503);
  });
});
