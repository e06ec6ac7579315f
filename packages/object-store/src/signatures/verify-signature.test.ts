import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { S3Error } from '../s3-error.ts';
import { toSignableRequest } from './signable-request.ts';
import { Sha256 } from './testing/sha256.ts';
import { type CredentialProblem, verifySignature } from './verify-signature.ts';

/** Amazon S3 API Reference, "Signature Calculations for the Authorization Header", its examples. */
const example = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  now: new Date('2013-05-24T00:00:00Z'),
};
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

function verify(
  { method, url, headers }: Sent,
  options: { now?: Date; region?: string; problem?: CredentialProblem } = {},
) {
  const rawHeaders = Object.entries(headers).flat();
  return verifySignature(toSignableRequest({ method, url, rawHeaders }), {
    region: options.region ?? example.region,
    now: () => options.now ?? example.now,
    findCredentials: async ({ accessKeyId }) => {
      if (options.problem !== undefined) return options.problem;
      if (accessKeyId !== example.accessKeyId) return 'InvalidAccessKeyId';
      return { secretAccessKey: example.secretAccessKey, principal: 'alice' };
    },
  });
}

async function codeOf(verification: Promise<unknown>): Promise<string> {
  const failure = await verification.then(
    () => undefined,
    (error: unknown) => error,
  );
  return failure instanceof S3Error ? failure.code : String(failure);
}

function exampleAuthorization(signedHeaders: string, signature: string): string {
  return `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;
}

const common = {
  host: 'examplebucket.s3.amazonaws.com',
  'x-amz-content-sha256': emptyHash,
  'x-amz-date': '20130524T000000Z',
};

describe("AWS's documented examples", () => {
  it.each<[string, Sent]>([
    [
      'GET Object',
      {
        ...{ method: 'GET', url: '/test.txt' },
        headers: {
          ...common,
          range: 'bytes=0-9',
          authorization: exampleAuthorization(
            'host;range;x-amz-content-sha256;x-amz-date',
            'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
          ),
        },
      },
    ],
    [
      'PUT Object',
      {
        ...{ method: 'PUT', url: '/test$file.text' },
        headers: {
          ...common,
          date: 'Fri, 24 May 2013 00:00:00 GMT',
          'x-amz-content-sha256':
            '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
          'x-amz-storage-class': 'REDUCED_REDUNDANCY',
          authorization: exampleAuthorization(
            'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
            '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
          ),
        },
      },
    ],
    [
      'GET Bucket Lifecycle',
      {
        ...{ method: 'GET', url: '/?lifecycle' },
        headers: {
          ...common,
          authorization: exampleAuthorization(
            'host;x-amz-content-sha256;x-amz-date',
            'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
          ),
        },
      },
    ],
    [
      'List Objects',
      {
        ...{ method: 'GET', url: '/?max-keys=2&prefix=J' },
        headers: {
          ...common,
          authorization: exampleAuthorization(
            'host;x-amz-content-sha256;x-amz-date',
            '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
          ),
        },
      },
    ],
    [
      'a presigned URL',
      {
        method: 'GET',
        url: '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
        headers: { host: 'examplebucket.s3.amazonaws.com' },
      },
    ],
  ])('%s', async (_, sent) => {
    expect(await verify(sent)).toMatchObject({ principal: 'alice' });
  });
});

const signer = new SignatureV4({
  credentials: example,
  region: example.region,
  service: 's3',
  sha256: Sha256,
  uriEscapePath: false,
});

function toSign(path: string, headers: Readonly<Record<string, string>>) {
  const address = { protocol: 'http:', hostname: 'localhost', path, query: {} };
  return { method: 'GET', ...address, headers: { host: 'localhost', ...headers } };
}

async function signed(
  path: string,
  more: Readonly<Record<string, string>> = {},
  signingDate = example.now,
): Promise<Sent> {
  const request = toSign(path, { 'x-amz-content-sha256': emptyHash, ...more });
  const { method, headers } = await signer.sign(request, { signingDate });
  return { method, url: path, headers };
}

async function presigned(path: string, expiresIn: number): Promise<Sent> {
  const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const options = { signingDate: example.now, expiresIn };
  const { query } = await signer.presign(toSign(path, unsigned), options);
  const pairs = Object.entries(query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return { method: 'GET', url: `${path}?${pairs.join('&')}`, headers: { host: 'localhost' } };
}

const minute = 60_000;
const later = (milliseconds: number) => new Date(example.now.getTime() + milliseconds);

describe('signatures in headers', () => {
  it.each([
    ...[
      '/b/plain',
      '/b/a%20b%2Bc',
      '/b/..//./x',
      '/b/%F0%9F%98%80',
      '/b/(a)!*%27',
      '/b//',
      '/b/~-_.',
    ],
  ])('signs the name %s as it was sent', async (path) => {
    expect(await codeOf(verify(await signed(path)))).toBe('undefined');
  });

  it('refuses the same signature for another key, method, header or query', async () => {
    const sent = await signed('/b/key', { 'x-amz-meta-a': '1' });
    const headers = { ...sent.headers, 'x-amz-meta-a': '2' };
    for (const change of [
      { url: '/b/other' },
      { method: 'DELETE' },
      { headers },
      { url: '/b/key?acl' },
    ]) {
      expect(await codeOf(verify({ ...sent, ...change }))).toBe('SignatureDoesNotMatch');
    }
  });

  it('refuses a header that S3 gives a meaning and nobody signed', async () => {
    const sent = await signed('/b/key');
    const headers = { ...sent.headers, 'x-amz-acl': 'public-read' };
    expect(await codeOf(verify({ ...sent, headers }))).toBe('AccessDenied');
  });

  it('refuses what was signed more than fifteen minutes ago or ahead', async () => {
    const sent = await signed('/b/key');
    expect(await codeOf(verify(sent, { now: later(15 * minute) }))).toBe('undefined');
    expect(await codeOf(verify(sent, { now: later(16 * minute) }))).toBe('RequestTimeTooSkewed');
    expect(await codeOf(verify(sent, { now: later(-16 * minute) }))).toBe('RequestTimeTooSkewed');
  });

  it('names the right region where another was signed for', async () => {
    const verification = verify(await signed('/b/key'), { region: 'ap-northeast-2' });
    await expect(verification).rejects.toMatchObject({
      code: 'AuthorizationHeaderMalformed',
      details: { Region: 'ap-northeast-2' },
    });
  });

  it.each<CredentialProblem>(['InvalidAccessKeyId', 'ExpiredToken', 'InvalidToken'])(
    'hands on that credentials are refused with %s',
    async (problem) => {
      expect(await codeOf(verify(await signed('/b/key'), { problem }))).toBe(problem);
    },
  );

  it('refuses a request without a signature, with an older one, and with two', async () => {
    const sent = await signed('/b/key');
    const { authorization: _, ...unsigned } = sent.headers;
    expect(await codeOf(verify({ ...sent, headers: unsigned }))).toBe('AccessDenied');
    const old = { ...unsigned, authorization: 'AWS AKIAIOSFODNN7EXAMPLE:abc' };
    expect(await codeOf(verify({ ...sent, headers: old }))).toBe('InvalidRequest');
    const both = { ...(await presigned('/b/key', 60)), headers: sent.headers };
    expect(await codeOf(verify(both))).toBe('InvalidArgument');
  });

  it('refuses a request that says nothing of its body', async () => {
    const { 'x-amz-content-sha256': _, ...headers } = (await signed('/b/key')).headers;
    const sent = { method: 'GET', url: '/b/key', headers };
    expect(await codeOf(verify(sent))).toBe('InvalidRequest');
  });
});

describe('presigned URLs', () => {
  it('are good for as long as they say, and their time is covered', async () => {
    const sent = await presigned('/b/a%20key', 60);
    expect(await codeOf(verify(sent, { now: later(minute) }))).toBe('undefined');
    await expect(verify(sent, { now: later(minute + 1000) })).rejects.toMatchObject({
      code: 'AccessDenied',
      message: 'Request has expired',
    });
    const longer = { ...sent, url: sent.url.replace('Expires=60', 'Expires=600') };
    expect(await codeOf(verify(longer))).toBe('SignatureDoesNotMatch');
  });

  it('last a week at most', async () => {
    const sent = await presigned('/b/key', 604_800);
    const url = sent.url.replace('604800', '604801');
    expect(await codeOf(verify({ ...sent, url }))).toBe('AuthorizationQueryParametersError');
  });

  it('leave the body unsigned unless they say otherwise', async () => {
    expect(await verify(await presigned('/b/key', 60))).toMatchObject({
      form: 'query',
      payload: { kind: 'unsigned' },
    });
  });
});
