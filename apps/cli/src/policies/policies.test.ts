import type { DomainPolicies, Simulation } from '@strongroom/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { openOperatorDouble } from '../testing/operator-double.ts';

type Double = Awaited<ReturnType<typeof openOperatorDouble>>;
let double: Double;
afterEach(() => double.close());

const document = { Version: '2012-10-17', Statement: [] };
const purpose = { english: 'Everyone opens their own studio.', korean: '자신의 스튜디오.' };
const policies: DomainPolicies = {
  policies: [
    {
      ...{ name: 'studio-owner', kind: 'identity', purpose, document, file: null },
      bindings: [{ kind: 'role', role: 'administrator' }, { kind: 'every-execution-role' }],
    },
    {
      ...{ name: 'freeze', kind: 'resource', purpose, document, file: './freeze.json' },
      bindings: [{ kind: 'bucket', bucket: 'data' }],
    },
  ],
  problems: [],
  warnings: [
    { policy: 'freeze', warning: { english: 'It never matches', korean: '맞지 않습니다' } },
  ],
};

describe('strongroom policies', () => {
  it('prints each with whom it binds, its file, and what may not be meant', async () => {
    double = await openOperatorDouble({ 'GET /policies': policies });
    const { status, lines } = await double.run('policies');
    expect(status).toBe(0);
    expect(lines).toEqual([
      'studio-owner (identity)',
      '  Everyone opens their own studio.',
      '  Binds the role administrator, all notebooks',
      'freeze (resource)',
      '  Everyone opens their own studio.',
      '  Binds the bucket data',
      '  From ./freeze.json',
      'Look again at freeze: It never matches',
    ]);
  });

  it('prints the document of one, and refuses a name that there is not', async () => {
    double = await openOperatorDouble({ 'GET /policies': policies });
    const { lines } = await double.run('policies', 'studio-owner');
    expect(JSON.parse(lines.join('\n'))).toEqual(document);
    await expect(double.run('policies', 'nothing')).rejects.toThrow(/"nothing".*studio-owner/);
  });

  it('exits with 1 where a file is not in force, and prints one JSON document', async () => {
    const problems = [{ file: './freeze.json', problem: 'it is no JSON' }];
    double = await openOperatorDouble({ 'GET /policies': { ...policies, problems } });
    const plain = await double.run('policies');
    expect(plain.status).toBe(1);
    expect(plain.lines.at(-1)).toBe('Not in force: ./freeze.json: it is no JSON');
    const json = await double.run('policies', '--json');
    expect(json.status).toBe(1);
    expect(JSON.parse(json.lines.join('\n'))).toMatchObject({ problems });
  });
});

const answer: Simulation = {
  ...{ allowed: false, effect: 'explicit-deny', rule: 'own/Denied' },
  sentence: { english: 'The statement "Denied" refuses it.', korean: '거부합니다.' },
  ...{ principalArn: 'arn:aws:sts::1:assumed-role/a/alice', action: 'sagemaker:CreateApp' },
  resourceArn: 'arn:aws:sagemaker:r:1:app/d/alice/JupyterServer/default',
  statements: [
    {
      ...{ policy: 'own', statement: 'Denied', effect: 'Deny', applied: true },
      conditions: [
        { operator: 'StringEquals', key: 'aws:userid', wanted: ['a'], seen: ['a', 'b'] },
        { operator: 'Null', key: 'aws:SourceIp', wanted: ['true'], seen: null },
      ],
    },
  ],
};

describe('strongroom simulate', () => {
  const asking = ['simulate', '--as', 'alice', '--action', 'sagemaker:CreateApp'];

  it('sends what was asked, a key that is given twice with both values', async () => {
    double = await openOperatorDouble({ 'POST /policies/simulate': answer });
    const words = ['--resource', 'alice', '--notebook', '--endpoint', 'api', '--context'];
    await double.run(...asking, ...words, 'aws:userid=a', 'aws:userid=b', 'aws:SourceIp=::1=x');
    expect(double.bodies).toEqual([
      {
        ...{ profileName: 'alice', actingAs: 'notebook', endpoint: 'api', resource: 'alice' },
        action: 'sagemaker:CreateApp',
        context: { 'aws:userid': ['a', 'b'], 'aws:SourceIp': '::1=x' },
      },
    ]);
  });

  it('asks as the person where nothing else is said', async () => {
    double = await openOperatorDouble({ 'POST /policies/simulate': answer });
    await double.run(...asking, '--resource', '*');
    expect(double.bodies).toMatchObject([{ actingAs: 'person', context: {}, resource: '*' }]);
    expect(double.bodies[0]).not.toHaveProperty('endpoint');
  });

  it('exits with 1 where it is refused and says by what, and with 0 where it is allowed', async () => {
    double = await openOperatorDouble({ 'POST /policies/simulate': answer });
    const refused = await double.run(...asking, '--resource', 'alice');
    expect(refused.status).toBe(1);
    expect(refused.lines).toContain('  Rule      own/Denied');
    expect(refused.lines).toContain('    StringEquals aws:userid: wanted "a", found "a", "b"');
    expect(refused.lines).toContain('    Null aws:SourceIp: wanted "true", found missing');
    await double.close();
    const allowed = { ...answer, allowed: true, effect: 'allow', statements: [] };
    double = await openOperatorDouble({ 'POST /policies/simulate': allowed });
    expect(await double.run(...asking, '--resource', 'alice')).toMatchObject({ status: 0 });
    const json = await double.run(...asking, '--resource', 'alice', '--json');
    expect(JSON.parse(json.lines.join('\n'))).toMatchObject({ allowed: true });
  });

  it.each([
    ['a context without a value', ['--resource', 'alice', '--context', 'aws:userid'], /aws:userid/],
    ['an endpoint that there is not', ['--resource', 'alice', '--endpoint', 'ftp'], /endpoint/],
  ])('asks nothing with %s', async (_what, words, message) => {
    double = await openOperatorDouble({});
    await expect(double.run(...asking, ...words)).rejects.toThrow(message);
    expect(double.bodies).toEqual([]);
  });
});
