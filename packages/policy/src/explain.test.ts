import { expect, test } from 'vitest';
import {
  type AccessRequest,
  compilePolicy,
  evaluate,
  explain,
  type PolicyKind,
  type PolicyStatement,
} from './index.ts';

const account = '111122223333';
const profile = `arn:aws:sagemaker:ap-northeast-2:${account}:user-profile/d-1/alice`;
const ownStudio: PolicyStatement = {
  Sid: 'OwnStudio',
  Effect: 'Allow',
  Action: 'sagemaker:CreatePresignedDomainUrl',
  Resource: '*',
  Condition: { StringEquals: { 'aws:ResourceTag/owner': `\${aws:PrincipalTag/user}` } },
};

test('an allow names the statement and its policy', () => {
  const decision = evaluate(requestOf('bob'), { identity: [policy(ownStudio)] });
  expect(explain(decision)).toEqual({
    english: 'Allowed by statement "OwnStudio" of policy "execution-role-bob".',
    korean: '"execution-role-bob" 정책의 "OwnStudio" 구문에 따라 허용되었습니다.',
  });
});

test('a denial names the condition that stood in the way', () => {
  const decision = evaluate(requestOf('alice'), { identity: [policy(ownStudio)] });
  expect(decision.nearMisses).toEqual([
    {
      policy: 'execution-role-bob',
      kind: 'identity',
      statement: 'OwnStudio',
      effect: 'Allow',
      principal: undefined,
      conditions: [],
      failed: [
        {
          operator: 'StringEquals',
          key: 'aws:ResourceTag/owner',
          wanted: ['bob'],
          seen: ['alice'],
        },
      ],
    },
  ]);
  expect(explain(decision)).toEqual({
    english:
      `Denied: no policy allows sagemaker:CreatePresignedDomainUrl on ${profile}; ` +
      'the statement "OwnStudio" would, but aws:ResourceTag/owner is "alice", not "bob".',
    korean:
      `${profile}에 대한 sagemaker:CreatePresignedDomainUrl 작업을 허용하는 정책이 없어 ` +
      '거부되었으며, "OwnStudio" 구문은 aws:ResourceTag/owner 값이 "bob"이어야 하지만 ' +
      '"alice"이므로 적용되지 않았습니다.',
  });
});

test('an explicit denial says what held', () => {
  const deny: PolicyStatement = {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { Null: { 'aws:SourceVpce': 'true' }, Bool: { 'aws:SecureTransport': 'false' } },
  };
  const decision = evaluate(requestOf('bob'), { identity: [policy(ownStudio, deny)] });
  expect(explain(decision).english).toBe(
    'Denied by statement "Statement[1]" of policy "execution-role-bob", because aws:SourceVpce ' +
      'is missing from the request and aws:SecureTransport is "false".',
  );
});

test.each<[PolicyKind, string]>([
  ['boundary', 'Denied: the permissions boundary "limit" does not allow'],
  ['session', 'Denied: no session policy allows'],
  ['endpoint', 'Denied: the endpoint policy "limit" does not allow'],
  ['service-control', 'Denied: no service control policy of "limit" allows'],
])('a silent %s policy is named as the reason', (kind, start) => {
  const principal = kind === 'endpoint' ? { Principal: '*' as const } : {};
  const statement = { Effect: 'Allow', Action: 'ec2:*', Resource: '*', ...principal } as const;
  const limit = compilePolicy({ Statement: statement }, { kind, name: 'limit' });
  const decision = evaluate(requestOf('bob'), {
    identity: [policy(ownStudio)],
    ...(kind === 'boundary' ? { boundary: limit } : {}),
    ...(kind === 'session' ? { session: [limit] } : {}),
    ...(kind === 'endpoint' ? { endpoint: [limit] } : {}),
    ...(kind === 'service-control' ? { serviceControl: [[limit]] } : {}),
  });
  expect(explain(decision).english.startsWith(start)).toBe(true);
});

test.each<[NonNullable<PolicyStatement['Condition']>, string, string]>([
  [{ NumericLessThan: { 'app:n': '5' } }, 'is "7", not less than "5"', '"5"보다 작아야'],
  [{ NumericGreaterThanEquals: { 'app:n': '9' } }, 'is "7", not at least "9"', '"9" 이상이어야'],
  [
    { StringNotEquals: { 'app:n': '7' } },
    'is "7", which the statement excludes',
    '제외 대상인 "7"',
  ],
  [{ StringEquals: { 'app:n': ['1', '2'] } }, 'is "7", not one of "1", "2"', '중 하나여야'],
  [{ Null: { 'app:n': 'true' } }, 'app:n is present in the request', 'app:n 값이 있어'],
  [{ Bool: { 'app:gone': 'true' } }, 'app:gone is missing from the request', 'app:gone 값이 없어'],
])('%j is said in words', (condition, english, korean) => {
  const statement: PolicyStatement = { ...ownStudio, Condition: condition };
  const explanation = explain(evaluate(requestOf('bob'), { identity: [policy(statement)] }));
  expect(explanation.english).toContain(english);
  expect(explanation.korean).toContain(korean);
});

function policy(...statements: readonly PolicyStatement[]) {
  const document = { Version: '2012-10-17', Statement: statements } as const;
  return compilePolicy(document, { kind: 'identity', name: 'execution-role-bob' });
}

function requestOf(owner: string): AccessRequest {
  return {
    principal: { kind: 'user', arn: `arn:aws:iam::${account}:user/bob`, account },
    action: 'sagemaker:CreatePresignedDomainUrl',
    resource: { arn: profile, account },
    context: {
      'aws:ResourceTag/owner': owner,
      'aws:PrincipalTag/user': 'bob',
      'aws:SecureTransport': false,
      'app:n': 7,
    },
  };
}
