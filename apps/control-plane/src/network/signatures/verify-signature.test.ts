import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AppId } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openState, type State } from '../../state/database.ts';
import {
  type TemporaryCredentialSet,
  TemporaryCredentials,
} from '../credentials/temporary-credentials.ts';
import { testStudio } from '../testing/test-studio.ts';
import { toSignableRequest } from './signable-request.ts';
import { verifySignature } from './verify-signature.ts';

const region = 'ap-northeast-2';
const alice = testStudio('alice');
const minute = 60_000;
let dataFolder: string;
let state: State;
let credentials: TemporaryCredentials;
let set: TemporaryCredentialSet;
/** Beside the real time, which signers take. */
let laterMilliseconds: number;
const clock = () => new Date(Date.now() + laterMilliseconds);

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'strongroom-signatures-'));
  state = await openState(join(dataFolder, 'state.sqlite'));
  laterMilliseconds = 0;
  credentials = await TemporaryCredentials.open({ state, clock, dataFolder });
  set = await credentials.issue(alice);
});
afterEach(async () => {
  await state.destroy();
  rmSync(dataFolder, { recursive: true });
});

interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

interface Asked extends Partial<Sent> {
  form?: 'header' | 'query';
  service?: string;
  region?: string;
}

const defaults = { form: 'header', service: 'sts', region, method: 'GET' };

function signWithBotocore(requests: Asked[], by = set): Sent[] {
  const program = fileURLToPath(new URL('../testing/sign-with-botocore.py', import.meta.url));
  const answer = execFileSync('/usr/bin/python3', [program], {
    input: JSON.stringify({
      ...{ access: by.accessKeyId, secret: by.secretAccessKey, token: by.sessionToken },
      requests: requests.map((each) => ({
        url: `https://sts.${region}.amazonaws.com/`,
        ...defaults,
        ...each,
      })),
    }),
  });
  return JSON.parse(answer.toString()) as Sent[];
}

function signOne(asked: Asked = {}): Sent {
  const [sent] = signWithBotocore([asked]);
  if (sent === undefined) throw new Error('Nothing was signed');
  return sent;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

interface Received {
  service?: string;
  studio?: typeof alice;
  payloadHash?: string;
}

/** As the request arrives: path and query as in the URL, Host from it. */
function verify(sent: Sent, { service = 'sts', studio = alice, payloadHash }: Received = {}) {
  const [, host = '', target = '/'] = /^https:\/\/([^/]+)(.*)$/.exec(sent.url) ?? [];
  const rawHeaders = Object.entries({ host, ...sent.headers }).flat();
  const request = toSignableRequest({ method: sent.method, url: target, rawHeaders });
  return verifySignature(
    { request, service, regions: [region], studio, payloadHash: payloadHash ?? sha256(sent.body) },
    { credentials, clock },
  );
}

const refused = (code: string) => expect.objectContaining({ name: 'SignatureError', code });

describe('a signature is accepted', () => {
  it('as botocore makes it, in headers and in a URL', async () => {
    const url = `https://sts.${region}.amazonaws.com`;
    const requests: Asked[] = [
      { method: 'POST', body: 'Action=GetCallerIdentity&Version=2011-06-15' },
      { form: 'query', url: `${url}/?Action=GetCallerIdentity&Version=2011-06-15` },
      { url: `${url}/a%20b/%ED%95%9C/c~d?b=2&a=%2B%20x&a=1&empty=&A=0` },
      { headers: { 'X-Amz-Extra': '  a   b ', Accept: '*/*' } },
    ];
    const sent = signWithBotocore(requests);
    expect(sent).toHaveLength(4);
    for (const each of sent) await verify(each);
  });

  it('as botocore makes it for S3', async () => {
    const url = `https://a-bucket.s3.${region}.amazonaws.com`;
    const sent = signWithBotocore([
      { service: 's3', method: 'PUT', url: `${url}/a//b/../c%20%ED%95%9C%2B%28x%29`, body: 'data' },
      { service: 's3', url: `${url}/?list-type=2&prefix=a%2Fb%20c&delimiter=%2F` },
    ]);
    for (const each of sent) await verify(each, { service: 's3' });
    const [presigned] = signWithBotocore([{ service: 's3', form: 'query', url: `${url}/a%20key` }]);
    if (presigned === undefined) throw new Error('Nothing was signed');
    await verify(presigned, { service: 's3', payloadHash: 'UNSIGNED-PAYLOAD' });
  });

  it('up to fifteen minutes early or late', async () => {
    const sent = signOne();
    laterMilliseconds = 14 * minute;
    await verify(sent);
    laterMilliseconds = -14 * minute;
    await verify(sent);
  });
});

describe('a signature is refused', () => {
  it('where anything that it speaks of was changed', async () => {
    const url = `https://sts.${region}.amazonaws.com/path?a=1`;
    const sent = signOne({ method: 'POST', url, body: 'Action=GetCallerIdentity' });
    await verify(sent);
    const authorization = sent.headers.Authorization ?? '';
    const flipped = authorization.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    const changes: Partial<Sent>[] = [
      { method: 'PUT' },
      { url: url.replace('path', 'other') },
      { url: url.replace('a=1', 'a=2') },
      { url: `${url}&b=1` },
      { url: url.replace(region, 'us-east-1') },
      { body: 'Action=AssumeRole' },
      { headers: { ...sent.headers, Authorization: flipped } },
    ];
    for (const change of changes) {
      await expect(verify({ ...sent, ...change })).rejects.toEqual(
        refused('SignatureDoesNotMatch'),
      );
    }
  });

  it('where it is made with another secret', async () => {
    const other = { ...set, secretAccessKey: 'x'.repeat(40) };
    const [sent] = signWithBotocore([{}], other);
    if (sent === undefined) throw new Error('Nothing was signed');
    await expect(verify(sent)).rejects.toEqual(refused('SignatureDoesNotMatch'));
  });

  it('in another studio than its credentials were given to, of the same person too', async () => {
    const sent = signOne();
    const otherRun = { ...alice, appId: 'c'.repeat(32) as AppId };
    for (const studio of [testStudio('bob'), otherRun]) {
      await expect(verify(sent, { studio })).rejects.toEqual(refused('AccessDenied'));
    }
  });

  it('outside fifteen minutes, and of a URL that has run out', async () => {
    const url = `https://sts.${region}.amazonaws.com/?Action=GetCallerIdentity`;
    const [inHeaders, inUrl] = signWithBotocore([{}, { form: 'query', url }]);
    if (inHeaders === undefined || inUrl === undefined) throw new Error('Nothing was signed');
    laterMilliseconds = 16 * minute;
    await expect(verify(inHeaders)).rejects.toEqual(refused('SignatureDoesNotMatch'));
    await verify(inUrl);
    laterMilliseconds = -16 * minute;
    await expect(verify(inHeaders)).rejects.toEqual(refused('SignatureDoesNotMatch'));
    await expect(verify(inUrl)).rejects.toEqual(refused('SignatureDoesNotMatch'));
    // botocore's URLs last an hour, as the credentials do.
    laterMilliseconds = 59 * minute;
    await verify(inUrl);
    const shorter = { ...inUrl, url: inUrl.url.replace('X-Amz-Expires=3600', 'X-Amz-Expires=60') };
    await expect(verify(shorter)).rejects.toEqual(refused('SignatureDoesNotMatch'));
  });

  it('of credentials that expired, ended or were never made', async () => {
    const sent = signOne();
    const { Authorization = '' } = sent.headers;
    const unknown = Authorization.replace(set.accessKeyId, 'ASIAAAAAAAAAAAAAAAAA');
    const headers = { ...sent.headers, Authorization: unknown };
    await expect(verify({ ...sent, headers })).rejects.toEqual(refused('InvalidClientTokenId'));
    await credentials.endOfApp(alice.appId);
    await expect(verify(sent)).rejects.toEqual(refused('InvalidClientTokenId'));
    laterMilliseconds = -61 * minute;
    const old = await credentials.issue(alice);
    laterMilliseconds = 0;
    const [late] = signWithBotocore([{}], old);
    if (late === undefined) throw new Error('Nothing was signed');
    await expect(verify(late)).rejects.toEqual(refused('ExpiredToken'));
  });

  it('without a session token', async () => {
    const { 'X-Amz-Security-Token': _, ...headers } = signOne().headers;
    const sent = { ...signOne(), headers };
    await expect(verify(sent)).rejects.toEqual(refused('InvalidClientTokenId'));
  });

  it('for another service or region', async () => {
    for (const asked of [{ service: 'iam' }, { region: 'eu-west-1' }]) {
      await expect(verify(signOne(asked))).rejects.toEqual(refused('SignatureDoesNotMatch'));
    }
  });

  it('that leaves out a header that means something', async () => {
    const sent = signOne();
    const headers = { ...sent.headers, 'x-amz-acl': 'public-read' };
    await expect(verify({ ...sent, headers })).rejects.toEqual(refused('SignatureDoesNotMatch'));
    const unsignedHost = {
      ...sent.headers,
      Authorization: (sent.headers.Authorization ?? '').replace('host;', ''),
    };
    const withoutHost = { ...sent, headers: unsignedHost };
    await expect(verify(withoutHost)).rejects.toEqual(refused('SignatureDoesNotMatch'));
  });

  it('whose declared hash is not that of the body', async () => {
    const declared = { 'X-Amz-Content-SHA256': sha256('other') };
    const sent = signOne({ method: 'POST', body: 'Action=X', headers: declared });
    await expect(verify(sent)).rejects.toEqual(refused('XAmzContentSHA256Mismatch'));
  });

  it('that is missing, twice there, or not in the form of one', async () => {
    const sent = signOne();
    const { Authorization = '' } = sent.headers;
    const { Authorization: _, ...unsigned } = sent.headers;
    const missing = { ...sent, headers: unsigned };
    await expect(verify(missing)).rejects.toEqual(refused('MissingAuthenticationToken'));
    const withAuthorization = (text: string): Sent => ({
      ...sent,
      headers: { ...sent.headers, Authorization: text },
    });
    const malformed: Sent[] = [
      withAuthorization('Basic YTpi'),
      withAuthorization(Authorization.replace('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1')),
      withAuthorization(Authorization.replace(/Signature=.*/, '')),
      withAuthorization(Authorization.replace(/Signature=.*/, 'Signature=00')),
      withAuthorization(Authorization.replace('aws4_request', 'aws4')),
      withAuthorization(`${Authorization}, ${Authorization.split(' ').at(-1)}`),
      withAuthorization(Authorization.replace('host;', 'host;host;')),
      { ...sent, headers: { ...sent.headers, 'X-Amz-Date': 'yesterday' } },
      { ...sent, headers: { ...sent.headers, 'x-amz-security-token': set.sessionToken } },
      { ...sent, url: `${sent.url}?X-Amz-Signature=${'0'.repeat(64)}` },
      { ...missing, url: `${sent.url}?X-Amz-Signature=${'0'.repeat(64)}` },
    ];
    for (const each of malformed) {
      await expect(verify(each)).rejects.toEqual(refused('IncompleteSignature'));
    }
  });
});
