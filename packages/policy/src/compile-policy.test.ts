import { expect, test } from 'vitest';
import { compilePolicy, evaluate, type PolicyDocument, type PolicyKind } from './index.ts';

const statement = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
const principal = { Principal: '*' } as const;

test.each<[PolicyKind, PolicyDocument['Statement'], string]>([
  ['identity', { ...statement, ...principal }, 'Statement.Principal'],
  ['session', [{ ...statement, ...principal }], 'Statement[0].Principal'],
  ['boundary', { Effect: 'Allow', Action: '*' }, 'Statement'],
  ['service-control', { Effect: 'Deny', Action: '*' }, 'Statement'],
  ['resource', statement, 'Statement'],
  ['endpoint', statement, 'Statement'],
])('a %s policy has the elements of its kind', (kind, wrong, path) => {
  const compile = () => compilePolicy({ Statement: wrong }, { kind, name: 'wrong' });
  expect(compile).toThrow(expect.objectContaining({ code: 'invalid-element', path }));
});

test('a trust policy needs no resource', () => {
  const trust = { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', ...principal } } as const;
  expect(() => compilePolicy(trust, { kind: 'resource', name: 'trust' })).not.toThrow();
});

test('a policy in the wrong place is refused', () => {
  const policy = compilePolicy({ Statement: statement }, { kind: 'identity', name: 'mine' });
  const request = {
    principal: { kind: 'anonymous' },
    action: 's3:GetObject',
    resource: { arn: '*', account: '111122223333' },
  } as const;
  expect(() => evaluate(request, { boundary: policy })).toThrow(TypeError);
  expect(() => evaluate(request, { serviceControl: [[policy]] })).toThrow(TypeError);
});
