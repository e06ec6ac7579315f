import type { ProfileName, Role } from '@strongroom/contracts';
import {
  type AccessRequest,
  compilePolicy,
  evaluate,
  type PolicyDocument,
} from '@strongroom/policy';
import { describe, expect, it } from 'vitest';
import { defaultDomainFile } from '../../file/default-domain-file.ts';
import { readDomain } from '../../file/read-domain.ts';
import { domainArns } from '../domain-arns.ts';
import { renderAwsPolicies } from './render-aws-policies.ts';

/** The documents that a template deploys, decided by the evaluator that enforces them on one machine. */
const { domain } = readDomain(defaultDomainFile, '/srv/strongroom.yaml', 'strongroom.yaml');
const account = domain.domain.accountId;
const sageMaker = `arn:aws:sagemaker:ap-northeast-2:${account}`;
const key = (name: string) => `arn:aws:kms:ap-northeast-2:${account}:key/${name}`;
const resources = {
  ...{ domainId: 'd-aws', dataKeyArn: key('data'), studioKeyArn: key('studio') },
  ...{ studioEndpointIds: ['vpce-api', 'vpce-studio'], bucketEndpointIds: ['vpce-s3'] },
  ...{ subnetIds: ['subnet-a', 'subnet-b'], securityGroupId: 'sg-studios' },
  portalRoleArn: `arn:aws:iam::${account}:role/strongroom/portal`,
};
const policies = renderAwsPolicies(domain, resources);
const arns = domainArns(domain);
const alice = 'alice' as ProfileName;
type Context = NonNullable<AccessRequest['context']>;

const identity = (name: string, document: PolicyDocument) =>
  compilePolicy(document, { kind: 'identity', name });

/** A person in the portal: a session of the role of the domain, with the person's tags. */
function person(role: Role, action: string, resource: string, context: Context = {}) {
  return decide(
    { arn: arns.roleSession(role, alice), roleArn: arns.role(role), sessionName: alice },
    { action, resource, context },
    policies.managed.filter((policy) => policy.roles.includes(role)),
  );
}

/** A notebook of alice's: her execution role within the boundary. */
function notebook(action: string, resource: string, context: Context = {}, buckets: string[] = []) {
  const own = policies.executionRoles.get(alice) as PolicyDocument;
  return decide(
    {
      arn: arns.executionRoleSession(alice),
      ...{ roleArn: arns.executionRole(alice), sessionName: 'SageMaker' },
    },
    { action, resource, context },
    [
      ...policies.managed.filter(({ onExecutionRoles }) => onExecutionRoles),
      { name: 'execution-role', document: own },
    ],
    { boundary: policies.boundary, buckets },
  );
}

function decide(
  session: { arn: string; roleArn: string; sessionName: string; account?: string },
  { action, resource, context }: { action: string; resource: string; context: Context },
  attached: readonly { readonly name: string; readonly document: PolicyDocument }[],
  also: { boundary?: PolicyDocument; buckets?: string[] } = {},
) {
  const { effect } = evaluate(
    {
      principal: { kind: 'assumed-role', account, ...session },
      ...{ action, resource: { arn: resource, account } },
      context: {
        'aws:PrincipalTag/strongroom-profile': alice,
        ...{
          'aws:PrincipalTag/strongroom-team': 'risk-models',
          'aws:PrincipalArn': session.roleArn,
        },
        ...{ 'aws:SecureTransport': true, ...context },
      },
    },
    {
      identity: attached.map(({ name, document }) => identity(name, document)),
      resource: (also.buckets ?? []).map((bucket) =>
        compilePolicy(policies.buckets.get(bucket) as PolicyDocument, {
          ...{ kind: 'resource', name: bucket },
        }),
      ),
      ...(also.boundary && {
        boundary: compilePolicy(also.boundary, { kind: 'boundary', name: 'boundary' }),
      }),
    },
  );
  return effect;
}

describe('opening a studio on AWS', () => {
  const presign = 'sagemaker:CreatePresignedDomainUrl';
  const profile = (name: string) => `${sageMaker}:user-profile/d-aws/${name}`;
  const tagged = (name: string, endpoint?: string) => ({
    'sagemaker:ResourceTag/strongroom-profile': name,
    ...(endpoint && { 'aws:SourceVpce': endpoint }),
  });

  it('is for its owner, from inside', () => {
    const inside = tagged('alice', 'vpce-api');
    expect(person('data-scientist', presign, profile('alice'), inside)).toBe('allow');
    expect(person('administrator', presign, profile('alice'), inside)).toBe('allow');
  });

  it.each([
    ["somebody else's", profile('bob'), tagged('bob', 'vpce-api')],
    ['through no endpoint', profile('alice'), tagged('alice')],
    ['through an endpoint of others', profile('alice'), tagged('alice', 'vpce-other')],
  ])('is refused: %s', (_, resource, context) => {
    for (const role of ['data-scientist', 'administrator'] as const) {
      expect(person(role, presign, resource, context)).toBe('explicit-deny');
    }
  });

  it('is nothing for auditors and notebooks', () => {
    const inside = tagged('alice', 'vpce-api');
    expect(person('auditor', presign, profile('alice'), inside)).toBe('explicit-deny');
    expect(notebook(presign, profile('alice'), inside)).toBe('explicit-deny');
  });
});

describe('spaces and apps on AWS', () => {
  const space = (name: string) => `${sageMaker}:space/d-aws/${name}`;
  const app = (name: string) => `${sageMaker}:app/d-aws/${name}/JupyterLab/default`;
  const own = {
    'sagemaker:OwnerUserProfileArn': `${sageMaker}:user-profile/d-aws/alice`,
    'sagemaker:SpaceSharingType': 'Private',
  };
  const size = (type: string) => ({ 'sagemaker:InstanceTypes': [type] });
  const image = { 'sagemaker:ImageArns': [`${sageMaker}:image/host-python`] };

  it("are one's own", () => {
    expect(notebook('sagemaker:CreateSpace', space('alice'), own)).toBe('allow');
    expect(
      notebook('sagemaker:CreateApp', app('alice'), { ...size('ml.t3.medium'), ...image }),
    ).toBe('allow');
    expect(notebook('sagemaker:CreateApp', app('alice'), { ...size('system'), ...image })).toBe(
      'allow',
    );
  });

  it.each(['sagemaker:CreateSpace', 'sagemaker:UpdateSpace', 'sagemaker:DeleteSpace'])(
    'are nobody else’s: %s',
    (action) => {
      expect(notebook(action, space('bob'), own)).toBe('explicit-deny');
      expect(person('administrator', action, space('bob'), own)).toBe('explicit-deny');
      const ofBob = {
        ...own,
        'sagemaker:OwnerUserProfileArn': `${sageMaker}:user-profile/d-aws/bob`,
      };
      expect(notebook(action, space('alice'), ofBob)).toBe('implicit-deny');
    },
  );

  it('are never shared, and never of a size or an image that the domain has not', () => {
    const shared = { ...own, 'sagemaker:SpaceSharingType': 'Shared' };
    expect(notebook('sagemaker:CreateSpace', space('alice'), shared)).toBe('explicit-deny');
    expect(notebook('sagemaker:CreateApp', app('bob'), size('ml.t3.medium'))).toBe('explicit-deny');
    for (const action of [
      'sagemaker:CreateApp',
      'sagemaker:CreateSpace',
      'sagemaker:UpdateSpace',
    ]) {
      const resource = action === 'sagemaker:CreateApp' ? app('alice') : space('alice');
      const context = { ...own, ...size('ml.p5.48xlarge') };
      expect(notebook(action, resource, context), action).toBe('explicit-deny');
    }
    const other = { 'sagemaker:ImageArns': [`${sageMaker}:image/other`] };
    expect(notebook('sagemaker:CreateApp', app('alice'), { ...size('system'), ...other })).toBe(
      'explicit-deny',
    );
  });
});

describe('jobs on AWS', () => {
  const job = `${sageMaker}:training-job/fraud`;
  const create = 'sagemaker:CreateTrainingJob';
  const good = {
    ...{ 'sagemaker:VpcSubnets': ['subnet-a'], 'sagemaker:VpcSecurityGroupIds': ['sg-studios'] },
    ...{ 'sagemaker:VolumeKmsKeyArn': key('studio'), 'sagemaker:InstanceTypes': ['ml.m5.large'] },
    ...{ 'sagemaker:OutputKmsKeyArn': key('data'), 'aws:RequestTag/strongroom-profile': 'alice' },
  };
  const without = (name: keyof typeof good) =>
    Object.fromEntries(Object.entries(good).filter(([other]) => other !== name));

  it('run in the network, on the key, in their owner’s name', () => {
    expect(notebook(create, job, good)).toBe('allow');
  });

  it.each([
    ['no subnet', without('sagemaker:VpcSubnets'), 'explicit-deny'],
    ['no group', without('sagemaker:VpcSecurityGroupIds'), 'explicit-deny'],
    ['no key', without('sagemaker:VolumeKmsKeyArn'), 'explicit-deny'],
    ['other key', { ...good, 'sagemaker:VolumeKmsKeyArn': key('other') }, 'explicit-deny'],
    [
      'one foreign subnet',
      { ...good, 'sagemaker:VpcSubnets': ['subnet-a', 'subnet-x'] },
      'explicit-deny',
    ],
    ['foreign group', { ...good, 'sagemaker:VpcSecurityGroupIds': ['sg-x'] }, 'explicit-deny'],
    ['other size', { ...good, 'sagemaker:InstanceTypes': ['ml.p5.48xlarge'] }, 'explicit-deny'],
    ['other name', { ...good, 'aws:RequestTag/strongroom-profile': 'bob' }, 'implicit-deny'],
    ['no name', without('aws:RequestTag/strongroom-profile'), 'implicit-deny'],
  ])('are refused with %s', (_, context, effect) => {
    expect(notebook(create, job, context)).toBe(effect);
  });

  it('are looked after by their owner alone', () => {
    const stop = (owner: string) =>
      notebook('sagemaker:StopTrainingJob', job, { 'aws:ResourceTag/strongroom-profile': owner });
    expect(stop('alice')).toBe('allow');
    expect(stop('bob')).toBe('implicit-deny');
    const passed = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
    expect(notebook('iam:PassRole', arns.executionRole(alice), passed)).toBe('allow');
    expect(notebook('iam:PassRole', arns.executionRole('bob' as ProfileName), passed)).toBe(
      'implicit-deny',
    );
  });
});

describe('buckets and keys on AWS', () => {
  const bucket = 'research-risk-models';
  const object = `arn:aws:s3:::${bucket}/a.parquet`;
  const inside = { 'aws:SourceVpce': 'vpce-s3', 's3:x-amz-server-side-encryption': 'aws:kms' };
  const ask = (action: string, context: Context) => notebook(action, object, context, [bucket]);

  it('are read and written from inside, sealed', () => {
    expect(ask('s3:GetObject', inside)).toBe('allow');
    expect(ask('s3:PutObject', inside)).toBe('allow');
  });

  it.each([
    ['from outside', { 's3:x-amz-server-side-encryption': 'aws:kms' }],
    ['through an endpoint of others', { ...inside, 'aws:SourceVpce': 'vpce-x' }],
    ['without TLS', { ...inside, 'aws:SecureTransport': false }],
    ['unsealed', { 'aws:SourceVpce': 'vpce-s3' }],
    [
      'sealed under another key',
      { ...inside, 's3:x-amz-server-side-encryption-aws-kms-key-id': key('other') },
    ],
  ])('refuse an upload %s', (_, context) => {
    expect(ask('s3:PutObject', context)).toBe('explicit-deny');
  });

  it('refuse whoever is of another account', () => {
    const stranger = 'arn:aws:iam::999999999999:role/strongroom-research-alice';
    const reading = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    } as const;
    const effect = decide(
      { arn: stranger, roleArn: stranger, sessionName: alice, account: '999999999999' },
      { action: 's3:GetObject', resource: object, context: inside },
      [{ name: 'everything', document: reading }],
      { buckets: [bucket] },
    );
    expect(effect).toBe('explicit-deny');
  });

  it('let every notebook use the key of studios, with no condition that keeps a space from being made', () => {
    for (const action of [
      ...['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey'],
      ...['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
    ]) {
      expect(notebook(action, key('studio')), action).toBe('allow');
      expect(notebook(action, key('data')), action).not.toBe('allow');
    }
    expect(notebook('kms:ScheduleKeyDeletion', key('studio'))).toBe('implicit-deny');
  });
});

describe('the bucket of shared notebooks on AWS', () => {
  const bucket = domain.sharing.bucket;
  const through = { 'aws:PrincipalTag/strongroom-called-via': 'sharing.strongroom' };
  const put = (context: Context) =>
    decide(
      {
        arn: arns.roleSession('data-scientist', alice),
        ...{ roleArn: arns.role('data-scientist'), sessionName: alice },
      },
      {
        action: 's3:PutObject',
        resource: `arn:aws:s3:::${bucket}/alice/1`,
        context: {
          'aws:SourceVpce': 'vpce-s3',
          's3:x-amz-server-side-encryption': 'aws:kms',
          ...context,
        },
      },
      policies.managed.filter(({ roles }) => roles.includes('data-scientist')),
      { buckets: [bucket] },
    );

  it('is written through sharing alone', () => {
    expect(put(through)).toBe('allow');
    expect(put({})).toBe('explicit-deny');
    expect(put({ 'aws:PrincipalTag/strongroom-called-via': 'other' })).toBe('explicit-deny');
  });
});
