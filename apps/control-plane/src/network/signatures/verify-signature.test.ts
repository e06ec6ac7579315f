import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  canonicalRequest,
  readSignatureClaim,
  type SignedRequest,
  verifySignature,
} from './verify-signature.ts';

/** The worked example of the AWS General Reference, "Signature Version 4 signing process" (IAM ListUsers). */
const example: SignedRequest = {
  method: 'GET',
  target: '/?Action=ListUsers&Version=2010-05-08',
  headers: {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    host: 'iam.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    'x-amz-security-token': 'token',
  },
  body: Buffer.alloc(0),
};
const exampleClaim = {
  ...{ accessKeyId: 'AKIDEXAMPLE', day: '20150830', region: 'us-east-1', service: 'iam' },
  signedHeaders: ['content-type', 'host', 'x-amz-date'],
  signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  sessionToken: 'token',
};
const secret = {
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  now: new Date('2015-08-30T12:40:00Z'),
};

describe('a Signature Version 4', () => {
  it('is recomputed as in the documented example', () => {
    const canonical = canonicalRequest(example, exampleClaim.signedHeaders);
    expect(createHash('sha256').update(canonical).digest('hex')).toBe(
      'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    );
    expect(() => verifySignature(example, exampleClaim, secret)).not.toThrow();
  });

  it.each([
    ['another method', { method: 'POST' }],
    ['another path', { target: '/a?Action=ListUsers&Version=2010-05-08' }],
    ['another query', { target: '/?Action=ListRoles&Version=2010-05-08' }],
    ['another body', { body: Buffer.from('x') }],
    ['another host', { headers: { ...example.headers, host: 'evil.example' } }],
  ])('does not fit %s', (_, change) => {
    expect(() => verifySignature({ ...example, ...change }, exampleClaim, secret)).toThrow(
      expect.objectContaining({ code: 'SignatureDoesNotMatch' }),
    );
  });

  it('does not fit another secret, another scope or another day', () => {
    for (const [claim, change] of [
      [{}, { secretAccessKey: 'other' }],
      [{ region: 'us-west-2' }, {}],
      [{ service: 'sts' }, {}],
      [{ day: '20150831' }, {}],
      [{}, { now: new Date('2015-08-30T12:52:00Z') }],
      [{}, { now: new Date('2015-08-30T12:20:00Z') }],
    ] as const) {
      expect(() =>
        verifySignature(example, { ...exampleClaim, ...claim }, { ...secret, ...change }),
      ).toThrow(expect.objectContaining({ code: 'SignatureDoesNotMatch' }));
    }
  });

  it('takes the query in any order', () => {
    const request = { ...example, target: '/?Version=2010-05-08&Action=ListUsers' };
    expect(() => verifySignature(request, exampleClaim, secret)).not.toThrow();
  });
});

describe('the claim of a signature', () => {
  const authorization = (change: Partial<Record<string, string>> = {}) => {
    const parts: Record<string, string | undefined> = {
      Credential: 'ASIAAAAAAAAAAAAAAAAA/20150830/us-east-1/sts/aws4_request',
      SignedHeaders: 'host;x-amz-date;x-amz-security-token',
      Signature: 'a'.repeat(64),
      ...change,
    };
    return `AWS4-HMAC-SHA256 ${Object.entries(parts)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ')}`;
  };
  const read = (headers: SignedRequest['headers']) => readSignatureClaim({ ...example, headers });
  const token = { 'x-amz-security-token': 't' };

  it('is read', () => {
    expect(read({ ...token, authorization: authorization() })).toMatchObject({
      ...{ accessKeyId: 'ASIAAAAAAAAAAAAAAAAA', service: 'sts', sessionToken: 't' },
    });
  });

  it('is missing where there is none', () => {
    for (const headers of [{}, token, { authorization: authorization() }]) {
      expect(() => read(headers)).toThrow(
        expect.objectContaining({ code: 'MissingAuthenticationToken' }),
      );
    }
  });

  it('is refused where it leaves something open', () => {
    for (const text of [
      'Bearer x',
      authorization({ Signature: 'short' }),
      authorization({ SignedHeaders: 'host;x-amz-date' }),
      authorization({ SignedHeaders: 'x-amz-date;x-amz-security-token' }),
      authorization({ Credential: 'ASIA/20150830/us-east-1/sts/aws4_request' }),
      authorization({ Credential: 'ASIAAAAAAAAAAAAAAAAA/20150830/us-east-1/sts/aws3_request' }),
      authorization().replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'),
    ]) {
      expect(() => read({ ...token, authorization: text })).toThrow(
        expect.objectContaining({ code: 'IncompleteSignature' }),
      );
    }
  });
});
