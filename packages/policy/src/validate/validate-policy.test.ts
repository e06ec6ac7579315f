import { beforeAll, describe, expect, it } from 'vitest';
import type { PolicyKind } from '../policy-document.ts';
import { loadVocabulary } from '../vocabulary/load-vocabulary.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { FindingCode } from './finding.ts';
import { validatePolicy } from './validate-policy.ts';

let vocabulary: Vocabulary;
beforeAll(async () => {
  vocabulary = await loadVocabulary({ services: ['sagemaker', 's3', 'kms', 'sts'] });
});

const statement = {
  Sid: 'One',
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
};

function codes(
  change: object,
  kind: PolicyKind = 'identity',
  version: string | null = '2012-10-17',
) {
  const document = {
    ...(version === null ? {} : { Version: version }),
    Statement: [{ ...statement, ...change }],
  };
  return validatePolicy(document, { kind, vocabulary }).map(({ code }) => code);
}

/** A document with the mistake, and its neighbour without it. */
const table: readonly (readonly [FindingCode, object, object])[] = [
  ['UnknownAction', { Action: 's3:GetObjekt' }, { Action: 's3:getobject' }],
  ['UnknownAction', { Action: 's3:Gett*' }, { Action: 's3:Get*' }],
  ['UnknownService', { Action: 's4:GetObject' }, { Action: 'S3:GetObject' }],
  [
    'UnknownConditionKey',
    { Condition: { StringEquals: { 'aws:SourceVpcEndpoint': 'vpce-1' } } },
    { Condition: { StringEquals: { 'aws:sourcevpce': 'vpce-1' } } },
  ],
  [
    'WrongOperatorForKey',
    { Condition: { StringEquals: { 'aws:SourceIp': '10.0.0.0/8' } } },
    { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
  ],
  [
    'WrongOperatorForKey',
    { Condition: { Bool: { 'aws:CurrentTime': 'true' } } },
    { Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } },
  ],
  [
    'UnknownOperator',
    { Condition: { StringEqual: { 'aws:userid': 'a' } } },
    { Condition: { StringEqualsIfExists: { 'aws:userid': 'a' } } },
  ],
  [
    'UnresolvableVariable',
    { Resource: 'arn:aws:s3:::b/${aws:usrname}/*' },
    { Resource: 'arn:aws:s3:::b/${aws:username}/*' },
  ],
  ['InvalidArn', { Resource: 'arn:aws:s3' }, { Resource: 'arn:aws:s3:::b' }],
  [
    'InvalidCidr',
    { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } },
    { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/32' } } },
  ],
  [
    'InvalidDate',
    { Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } } },
    { Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } } },
  ],
  ['ResourceNotForAction', { Resource: 'arn:aws:kms:*:*:key/1' }, { Resource: 'arn:aws:s3:::b/k' }],
  ['MissingElement', { Action: undefined }, {}],
  ['BothElements', { NotAction: 's3:PutObject' }, {}],
  ['PrincipalNotAllowed', { Principal: '*' }, {}],
  ['UnknownElement', { Ressource: '*' }, {}],
  ['InvalidSid', { Sid: 'one two' }, { Sid: 'OneTwo' }],
  ['WrongType', { Effect: 'Permit' }, { Effect: 'Deny' }],
];

describe('the check of a policy document', () => {
  it.each(table)('finds %s, and not in its neighbour', (code, wrong, right) => {
    expect(codes(wrong)).toContain(code);
    expect(codes(right)).not.toContain(code);
  });

  it('finds a Deny that can never match', () => {
    const condition = {
      StringEquals: { 'aws:PrincipalAccount': '111111111111' },
      StringNotEquals: { 'aws:PrincipalAccount': '111111111111' },
    };
    expect(codes({ Effect: 'Deny', Condition: condition })).toContain('NeverMatchingDeny');
    const { StringEquals } = condition;
    expect(codes({ Effect: 'Deny', Condition: { StringEquals } })).not.toContain(
      'NeverMatchingDeny',
    );
  });

  it('finds variables in a document whose version has none', () => {
    const resource = { Resource: 'arn:aws:s3:::b/${aws:username}/*' };
    expect(codes(resource, 'identity', null)).toContain('UnresolvableVariable');
  });

  it('finds letters that look like others', () => {
    expect(codes({ Resource: 'arn:aws:s3:::b/\u0430lice' })).toContain('LookAlikeCharacters');
  });

  it('wants a principal where the kind needs one', () => {
    expect(codes({}, 'resource')).toContain('PrincipalMissing');
    expect(codes({ Principal: '*' }, 'resource')).not.toContain('PrincipalMissing');
  });

  it('says each finding in both languages, with its place', () => {
    const findings = validatePolicy(
      { Version: '2012-10-17', Statement: [{ ...statement, Action: 's3:GetObjekt' }] },
      { kind: 'identity', vocabulary },
    );
    expect(findings[0]).toMatchObject({ severity: 'error', path: 'Statement[0].Action' });
    expect(findings[0]?.message).toContain('GetObject');
    expect(findings[0]?.korean).toMatch(/\p{Script=Hangul}/u);
  });

  it('ends in time on what goes on for ever', () => {
    const cyclic: Record<string, unknown> = { Version: '2012-10-17' };
    cyclic.Statement = [cyclic];
    const deep = Array.from({ length: 5_000 }).reduce((inner) => [inner], 1);
    for (const document of [
      cyclic,
      deep,
      { Statement: Array.from({ length: 100_000 }, () => statement) },
    ]) {
      const findings = validatePolicy(document, { kind: 'identity', vocabulary });
      expect(findings.map(({ severity }) => severity)).toContain('error');
    }
  });
});
