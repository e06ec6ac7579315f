import { describe, expect, test } from 'vitest';
import { PolicyDocumentError, parseDocument } from './index.ts';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const variable = (key: string) => `\${${key}}`;

describe('a document that can be read', () => {
  test('comes from JSON text', () => {
    const document = { Version: '2012-10-17', Statement: [statement] };
    expect(parseDocument(JSON.stringify(document))).toEqual(document);
  });

  test('may have one statement outside a list', () => {
    expect(parseDocument({ Statement: statement })).toEqual({ Statement: statement });
  });

  test('is a copy that later changes do not reach', () => {
    const input = { Statement: [{ ...statement }] };
    const document = parseDocument(input);
    input.Statement[0] = { ...statement, Action: '*' };
    expect(document).toEqual({ Statement: [statement] });
  });
});

describe('a document that is refused names the place', () => {
  test.each([
    ['text that is not JSON', '{"Statement": ', 'not-json', ''],
    ['a list', [], 'invalid-element', ''],
    ['null', null, 'invalid-element', ''],
    ['no statement', { Version: '2012-10-17' }, 'invalid-element', 'Statement'],
    ['an empty list of statements', { Statement: [] }, 'invalid-element', 'Statement'],
    [
      'an unknown version',
      { Version: '2012', Statement: [statement] },
      'invalid-element',
      'Version',
    ],
    ['an unknown element', { Statements: [statement] }, 'invalid-element', 'Statements'],
  ])('%s', (_name, input, code, path) => {
    expectRefused(input, code, path);
  });

  test.each([
    ['an unknown element', { Condtion: {} }, 'Condtion'],
    ['an unknown effect', { Effect: 'allow' }, 'Effect'],
    ['Action beside NotAction', { NotAction: 's3:*' }, ''],
    ['Resource beside NotResource', { NotResource: '*' }, ''],
    ['an empty list of actions', { Action: [] }, 'Action'],
    ['an action without service', { Action: 'GetObject' }, 'Action'],
    ['a resource that is no text', { Resource: ['*', 7] }, 'Resource[1]'],
    ['an open variable', { Resource: 'arn:aws:s3:::a/${aws:username' }, 'Resource'],
    [
      'a variable before the fifth colon',
      { Resource: `arn:aws:s3::${variable('a:b')}:c` },
      'Resource',
    ],
    ['an unknown kind of principal', { Principal: { Aws: '*' } }, 'Principal.Aws'],
    [
      'a principal with part wildcards',
      { Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } },
      'Principal.AWS',
    ],
    ['every service as principal', { Principal: { Service: '*' } }, 'Principal'],
    ['NotPrincipal in an Allow', { NotPrincipal: '*' }, 'NotPrincipal'],
    ['an unknown operator', { Condition: { StringIs: { a: 'b' } } }, 'Condition.StringIs'],
    [
      'Null with IfExists',
      { Condition: { NullIfExists: { a: 'true' } } },
      'Condition.NullIfExists',
    ],
    ['Null that is no boolean', { Condition: { Null: { a: 'yes' } } }, 'Condition.Null.a'],
    [
      'a condition that is no object',
      { Condition: { StringEquals: 'a' } },
      'Condition.StringEquals',
    ],
    [
      'a condition without values',
      { Condition: { StringEquals: { a: [] } } },
      'Condition.StringEquals.a',
    ],
    [
      'a number that is none',
      { Condition: { NumericEquals: { a: 'ten' } } },
      'Condition.NumericEquals.a',
    ],
    [
      'a day that does not exist',
      { Condition: { DateEquals: { a: '2023-02-30' } } },
      'Condition.DateEquals.a',
    ],
    ['a boolean that is none', { Condition: { Bool: { a: '1' } } }, 'Condition.Bool.a'],
    [
      'an address that is none',
      { Condition: { IpAddress: { a: '10.0.0.0/33' } } },
      'Condition.IpAddress.a',
    ],
    [
      'a variable as address',
      { Condition: { IpAddress: { a: variable('aws:SourceIp') } } },
      'Condition.IpAddress.a',
    ],
    [
      'bytes that are none',
      { Condition: { BinaryEquals: { a: '=' } } },
      'Condition.BinaryEquals.a',
    ],
  ])('%s', (_name, change, path) => {
    const input = { Version: '2012-10-17', Statement: [statement, { ...statement, ...change }] };
    expectRefused(input, 'invalid-element', path === '' ? 'Statement[1]' : `Statement[1].${path}`);
  });

  test('an element that is given twice, of which JSON.parse keeps the last', () => {
    const text =
      '{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*",' +
      '"Condition":{"Bool":{"aws:SecureTransport":"true"}},"\\u0043ondition":{}}}';
    expectRefused(text, 'duplicate-element', 'Condition');
  });

  test('the same key in two objects is not given twice', () => {
    expect(() =>
      parseDocument(JSON.stringify({ Statement: [statement, statement] })),
    ).not.toThrow();
  });
});

describe('a document out of bounds is refused in bounded time', () => {
  test('64 KiB of text', () => {
    expectRefused(' '.repeat(64 * 1024 + 1), 'too-large', '');
  });

  test('64 KiB of text, counted in bytes', () => {
    expectRefused(`"${'정'.repeat(30_000)}"`, 'too-large', '');
  });

  test('501 statements', () => {
    const many = { Statement: new Array(501).fill(statement) };
    expectRefused(many, 'too-many-statements', 'Statement');
  });

  test('cyclic data', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.Statement = cyclic;
    expect(codeOf(cyclic)).toBe('too-deep');
  });

  test('nested lists in text', () => {
    expect(codeOf('['.repeat(20_000) + ']'.repeat(20_000))).toBe('too-deep');
  });

  test('a list of a million actions', () => {
    const input = { Statement: { ...statement, Action: new Array(1_000_000).fill('s3:*') } };
    expect(codeOf(input)).toBe('too-large');
  });

  test('one endless text', () => {
    expect(codeOf({ Statement: { ...statement, Sid: 'a'.repeat(5_000) } })).toBe('too-large');
  });
});

test('a key called __proto__ is a key like any other', () => {
  const text = `{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","__proto__":{}}}`;
  expectRefused(text, 'invalid-element', 'Statement.__proto__');
});

function expectRefused(input: unknown, code: string, path: string): void {
  const error = refusal(input);
  expect(error).toMatchObject({ code, path });
}

function codeOf(input: unknown): string | undefined {
  return refusal(input)?.code;
}

function refusal(input: unknown): PolicyDocumentError | undefined {
  try {
    parseDocument(input);
  } catch (error) {
    if (error instanceof PolicyDocumentError) return error;
    throw error;
  }
  return undefined;
}
