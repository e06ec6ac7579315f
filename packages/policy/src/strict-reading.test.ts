import { describe, expect, test } from 'vitest';
import {
  type ContextInput,
  compilePolicy,
  type Decision,
  evaluate,
  explain,
  type PolicyStatement,
} from './index.ts';

const account = '111122223333';
const variable = (key: string) => `\${${key}}`;

/** Where the documentation leaves a choice, the reading that gives less access holds. */
describe('a comparison that cannot be made gives no access', () => {
  test.each<[string, NonNullable<PolicyStatement['Condition']>, ContextInput]>([
    [
      'a variable without value',
      { StringNotEquals: { 'app:a': variable('app:b') } },
      { 'app:a': 'x' },
    ],
    [
      'a text as address',
      { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      { 'aws:SourceIp': 'home' },
    ],
    ['a text as number', { NumericNotEquals: { 'app:a': '5' } }, { 'app:a': 'many' }],
    ['a text as date', { DateNotEquals: { 'app:a': '2024-01-01' } }, { 'app:a': 'soon' }],
    ['a text as ARN', { ArnNotLike: { 'app:a': 'arn:aws:s3:::*' } }, { 'app:a': 'bucket' }],
  ])('%s', (_name, condition, context) => {
    expect(effectOf({ Effect: 'Allow', Condition: condition }, context)).toBe('implicit-deny');
    expect(effectOf({ Effect: 'Deny', Condition: condition }, context)).toBe('explicit-deny');
  });

  test('a variable without value in NotResource', () => {
    const resource = { NotResource: `arn:aws:s3:::a/${variable('app:missing')}` };
    expect(effectOf({ Effect: 'Allow', ...resource }, {})).toBe('implicit-deny');
    expect(effectOf({ Effect: 'Deny', ...resource }, {})).toBe('explicit-deny');
  });
});

describe('several values under a key without set qualifier', () => {
  const condition = { StringEquals: { 'app:a': 'x' } };
  test('an Allow needs all of them', () => {
    const allow = { Effect: 'Allow', Condition: condition } as const;
    expect(effectOf(allow, { 'app:a': ['x', 'y'] })).toBe('implicit-deny');
    expect(effectOf(allow, { 'app:a': ['x'] })).toBe('allow');
  });

  test('a Deny needs one of them', () => {
    const deny = { Effect: 'Deny', Condition: condition } as const;
    expect(effectOf(deny, { 'app:a': ['x', 'y'] })).toBe('explicit-deny');
  });
});

describe('what a variable resolves to stays text', () => {
  test.each(['*', '?lice', 'a*', variable('aws:PrincipalTag/other')])('a name %s', (name) => {
    const own = {
      Effect: 'Allow',
      Resource: `arn:aws:s3:::home/${variable('app:profile')}/*`,
    } as const;
    const context = { 'app:profile': name, 'aws:PrincipalTag/other': 'alice' };
    expect(effectOf(own, context, 'arn:aws:s3:::home/alice/x')).toBe('implicit-deny');
    expect(effectOf(own, context, `arn:aws:s3:::home/${name}/x`)).toBe('allow');
  });

  test('in StringLike and ArnLike too', () => {
    const like = { StringLike: { 'app:a': `${variable('app:profile')}/*` } };
    const arn = { ArnLike: { 'app:arn': `arn:aws:iam::${variable('app:profile')}:role/x` } };
    const context = {
      'app:profile': '*',
      'app:a': 'alice/x',
      'app:arn': `arn:aws:iam::${account}:role/x`,
    };
    expect(effectOf({ Effect: 'Allow', Condition: like }, context)).toBe('implicit-deny');
    expect(effectOf({ Effect: 'Allow', Condition: arn }, context)).toBe('implicit-deny');
  });

  test('a value with colons cannot move the components of an ARN', () => {
    const condition = { ArnLike: { 'app:arn': `arn:aws:iam:${variable('app:region')}:role/x` } };
    const context = { 'app:region': `:${account}`, 'app:arn': `arn:aws:iam::${account}:role/x` };
    expect(effectOf({ Effect: 'Allow', Condition: condition }, context)).toBe('implicit-deny');
  });

  test('a variable alone may stand for a whole ARN', () => {
    const condition = { ArnEquals: { 'app:arn': variable('app:same') } };
    const arn = `arn:aws:iam::${account}:role/x`;
    const context = { 'app:arn': arn, 'app:same': arn };
    expect(effectOf({ Effect: 'Allow', Condition: condition }, context)).toBe('allow');
  });
});

describe('the request context', () => {
  test('cannot claim to come from someone else', () => {
    const condition = { StringEquals: { 'aws:PrincipalAccount': '999999999999' } };
    const context = { 'aws:principalaccount': '999999999999' };
    expect(effectOf({ Effect: 'Allow', Condition: condition }, context)).toBe('implicit-deny');
  });

  test('is refused when a key stands twice in different case', () => {
    const decide = () => effectOf({ Effect: 'Allow' }, { 'app:a': 'x', 'APP:a': 'y' });
    expect(decide).toThrow(expect.objectContaining({ code: 'ambiguous-context' }));
  });

  test('may be a Map and hold dates', () => {
    const condition = { DateLessThan: { 'aws:CurrentTime': '2024-01-01T00:00:00Z' } };
    const context = new Map([['aws:CurrentTime', new Date('2023-12-31T23:59:59Z')]]);
    expect(effectOf({ Effect: 'Allow', Condition: condition }, context)).toBe('allow');
  });

  test('an IPv4 address inside IPv6 is the IPv4 address', () => {
    const condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    const context = { 'aws:SourceIp': '::ffff:10.1.2.3' };
    expect(effectOf({ Effect: 'Allow', Condition: condition }, context)).toBe('allow');
  });
});

test('an incomplete ARN is completed with wildcards', () => {
  const allow = { Effect: 'Allow', Resource: 'arn:aws:s3' } as const;
  expect(effectOf(allow, {})).toBe('allow');
});

test('an explanation is one line whatever the request holds', () => {
  const condition = { StringEquals: { 'app:a': 'x' } };
  const decision = decide({ Effect: 'Allow', Condition: condition }, { 'app:a': 'y\n"z"\u202e' });
  expect(explain(decision).english).not.toMatch(/[\n\u202e]/u);
});

function effectOf(
  statement: Partial<PolicyStatement>,
  context: ContextInput,
  resource?: string,
): Decision['effect'] {
  return decide(statement, context, resource).effect;
}

/** A Deny stands beside an Allow of everything, so that it shows. */
function decide(
  statement: Partial<PolicyStatement>,
  context: ContextInput,
  resource = 'arn:aws:s3:::a/x',
): Decision {
  const base = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
  const scope = statement.NotResource === undefined ? { Resource: '*' } : {};
  const tested = { ...base, Resource: undefined, ...scope, ...statement } as PolicyStatement;
  const statements = statement.Effect === 'Deny' ? [base, tested] : [tested];
  const document = { Version: '2012-10-17', Statement: statements } as const;
  return evaluate(
    {
      principal: { kind: 'user', arn: `arn:aws:iam::${account}:user/alice`, account },
      action: 's3:GetObject',
      resource: { arn: resource, account },
      context,
    },
    { identity: [compilePolicy(document, { kind: 'identity', name: 'tested' })] },
  );
}
