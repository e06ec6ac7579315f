import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrowserDouble } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

const bucket = 'research-risk-models';
const caller = { principal: 'platform' };

let running: RunningConsole;
let alice: BrowserDouble;
let admin: BrowserDouble;
beforeEach(async () => {
  running = await runConsole();
  [alice, admin] = [await running.browserOf('alice'), await running.browserOf('admin')];
});
afterEach(() => running.close());

async function put(key: string, text = 'content'): Promise<void> {
  const bytes = Buffer.from(text);
  const body = (async function* () {
    yield bytes;
  })();
  const content = { body, sizeBytes: bytes.length };
  await running.storage.store.putObject({ bucket, key, content, caller });
}

describe('the list of buckets', () => {
  it('has what a person may list, with what they may do, and nothing of its administration', async () => {
    const { buckets, overseesAll } = (await alice.send('/api/buckets')).json;
    expect(overseesAll).toBe(false);
    const all = { mayList: true, mayRead: true, mayWrite: true, mayDelete: true };
    expect(buckets).toMatchObject([
      { bucket: 'research-reference', may: { ...all, mayWrite: false, mayDelete: false } },
      { bucket, description: 'Data of the risk models', may: all, overview: null },
    ]);
  });

  it('has all of them for an administrator, who reads nothing in them', async () => {
    await put('a.txt');
    await put('b.txt');
    const { buckets, overseesAll } = (await admin.send('/api/buckets')).json;
    expect(overseesAll).toBe(true);
    const { dataKeyArn } = running.storage.objectKeys;
    expect(buckets[1]).toMatchObject({
      ...{ bucket, may: { mayList: false, mayRead: false, mayWrite: false, mayDelete: false } },
      versioning: 'Off',
      overview: {
        usage: { objectCount: 2, versionCount: 2, sizeBytes: 14, unfinishedUploadBytes: 0 },
        ...{ quotaBytes: null, policyNames: [`bucket-${bucket}`], isPublicAccessBlocked: true },
        key: { arn: dataKeyArn, alias: 'alias/strongroom-data', state: 'Enabled' },
      },
    });
  });
});

describe('a bucket in detail', () => {
  it('has its policies as documents, the one that was set on it too, and whom the domain lets in', async () => {
    const Statement = [
      {
        Sid: 'NoTags',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObjectTagging',
        Resource: '*',
      },
    ];
    const value = JSON.stringify({ Version: '2012-10-17', Statement });
    await running.storage.store.putBucketSetting({ bucket, setting: 'policy', value, caller });
    const { policies, access, overview } = (await admin.send(`/api/buckets/${bucket}`)).json;
    expect(policies).toMatchObject([
      { name: `bucket-${bucket}`, purpose: { korean: expect.stringMatching(/봉인/) } },
      { name: 'bucket-policy', purpose: null, document: { Statement } },
    ]);
    expect(overview.policyNames).toEqual([`bucket-${bucket}`, 'bucket-policy']);
    expect(access).toEqual([
      { to: 'risk-models', toKind: 'team', permission: 'read-write', from: ['studios', 'outside'] },
    ]);
    const unknown = await admin.send('/api/buckets/nowhere');
    expect([unknown.status, unknown.json.error.code]).toEqual([404, 'BucketNotFound']);
  });
});

describe('browsing a bucket', () => {
  it('shows one level at a time, page by page', async () => {
    for (let index = 0; index < 105; index += 1)
      await put(`many/${String(index).padStart(3, '0')}`);
    await put('top.txt');
    await put('many/below/deep.txt');
    const page = async (query: string) =>
      (await alice.send(`/api/buckets/${bucket}/objects${query}`)).json;
    const top = await page('');
    expect([top.folders, top.objects.map(({ key }: { key: string }) => key)]).toEqual([
      ...[['many/'], ['top.txt']],
    ]);
    expect(top).toMatchObject({ continuationToken: null, may: { mayWrite: true } });
    const first = await page('?prefix=many/');
    expect(first.objects).toHaveLength(100);
    const token = encodeURIComponent(first.continuationToken);
    const second = await page(`?prefix=many/&continuationToken=${token}`);
    expect([second.objects.length, second.folders, second.continuationToken]).toEqual([
      ...[5, ['many/below/'], null],
    ]);
  });

  it('is refused with the rule, and an unknown bucket is not found', async () => {
    const refused = (await admin.send(`/api/buckets/${bucket}/objects`)).json.error;
    expect(refused).toMatchObject({ code: 'AccessDenied', values: { rule: 'implicit-deny' } });
    const unknown = await alice.send('/api/buckets/nowhere/objects');
    expect(unknown.json.error.code).toBe('BucketNotFound');
    const odd = await alice.send(`/api/buckets/${bucket}/objects?continuationToken=%00`);
    expect(odd.json.error.code).toBe('InvalidRequest');
  });
});
