import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient } from '../support/kernel-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';
import {
  askOperator,
  type OutsideCredentials,
  outsideClient,
  outsideCredentials,
} from '../support/storage-tools.ts';

const bucket = 'research-risk-models';
const canary = 'canary-90b1c2-that-nobody-else-writes';

let domain: RunningDomain;
let alice: ApiClient;
let kernel: KernelClient;

beforeAll(async () => {
  domain = await startDomain();
  alice = new ApiClient(domain);
  await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
  await alice.openStudio('alice');
  kernel = await KernelClient.start(alice, 'alice');
});
afterAll(() => domain.remove());

async function run(code: string): Promise<string> {
  const { status, printed, messages } = await kernel.execute(code);
  const failure = messages.find(({ header }) => header.msg_type === 'error')?.content;
  expect(status, `${printed}${failure?.ename}: ${failure?.evalue}`).toBe('ok');
  return printed.trim();
}

/** Every line of the trail, as it is on the disk. */
async function auditTrail(): Promise<string> {
  const folder = join(domain.folder, 'data', 'audit');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('');
}

const keyCommand = (command: string) =>
  askOperator(domain, 'POST', '/keys', { key: 'alias/strongroom-data', command });

describe('a notebook with unmodified boto3', () => {
  it('writes, reads, lists by prefix and delimiter, walks and deletes', async () => {
    const printed = await run(`
import boto3
s3 = boto3.client('s3')
bucket = '${bucket}'
for name in ('rates/a.csv', 'rates/b.csv', 'notes.txt'):
    s3.put_object(Bucket=bucket, Key=name, Body=b'${canary}', ServerSideEncryption='aws:kms')
print(s3.get_object(Bucket=bucket, Key='notes.txt')['Body'].read().decode())
page = s3.list_objects_v2(Bucket=bucket, Delimiter='/')
print([each['Prefix'] for each in page['CommonPrefixes']], [each['Key'] for each in page['Contents']])
print([each['Key'] for each in s3.list_objects_v2(Bucket=bucket, Prefix='rates/')['Contents']])
resource = boto3.resource('s3').Bucket(bucket)
print(sorted(each.key for each in resource.objects.filter(Prefix='rates/')))
head = s3.head_object(Bucket=bucket, Key='notes.txt')
print(head['ServerSideEncryption'], head['SSEKMSKeyId'].split(':key/')[0], head['BucketKeyEnabled'])
resource.objects.filter(Prefix='rates/').delete()
print([each.key for each in resource.objects.all()])`);
    expect(printed.split('\n')).toEqual([
      canary,
      "['rates/'] ['notes.txt']",
      "['rates/a.csv', 'rates/b.csv']",
      "['rates/a.csv', 'rates/b.csv']",
      'aws:kms arn:aws:kms:ap-northeast-2:000000000000 True',
      "['notes.txt']",
    ]);
  });

  it('uploads and downloads files and folders', async () => {
    const printed = await run(`
import os, hashlib, pathlib
sealed = {'ServerSideEncryption': 'aws:kms'}
folder = pathlib.Path.home() / 'exports'
(folder / 'deep').mkdir(parents=True, exist_ok=True)
(folder / 'large.bin').write_bytes(os.urandom(20_000_000))
(folder / 'deep' / 'small.txt').write_text('small')
for path in folder.rglob('*'):
    if path.is_file():
        s3.upload_file(str(path), bucket, 'exports/' + str(path.relative_to(folder)), ExtraArgs=sealed)
back = pathlib.Path.home() / 'back'
for each in resource.objects.filter(Prefix='exports/'):
    target = back / each.key
    target.parent.mkdir(parents=True, exist_ok=True)
    s3.download_file(bucket, each.key, str(target))
same = lambda name: (folder / name).read_bytes() == (back / 'exports' / name).read_bytes()
print(same('large.bin'), same('deep/small.txt'))
print('-' in s3.head_object(Bucket=bucket, Key='exports/large.bin')['ETag'])`);
    expect(printed.split('\n')).toEqual(['True True', 'True']);
  });

  it('hands pandas a presigned URL', async () => {
    const printed = await run(`
import pandas
s3.put_object(Bucket=bucket, Key='table.csv', Body=b'a,b\\n1,2\\n3,4\\n', ServerSideEncryption='aws:kms')
url = s3.generate_presigned_url('get_object', Params={'Bucket': bucket, 'Key': 'table.csv'})
print(pandas.read_csv(url)['b'].sum())`);
    expect(printed).toBe('6');
  });

  it('is refused what is not to be sealed, another key, and buckets of others', async () => {
    const printed = await run(`
from botocore.exceptions import ClientError
def code(act):
    try: act(); return 'done'
    except ClientError as error: return error.response['Error']['Code'] + ' ' + error.response['Error']['Message']
print(code(lambda: s3.put_object(Bucket=bucket, Key='plain', Body=b'x')))
print(code(lambda: s3.put_object(Bucket=bucket, Key='plain', Body=b'x', ServerSideEncryption='AES256')))
print(code(lambda: s3.put_object(Bucket=bucket, Key='plain', Body=b'x', ServerSideEncryption='aws:kms', SSEKMSKeyId='alias/strongroom-homes')))
print(code(lambda: s3.put_object(Bucket='research-reference', Key='mine', Body=b'x', ServerSideEncryption='aws:kms')))
print(code(lambda: s3.create_bucket(Bucket='a-bucket-of-mine', CreateBucketConfiguration={'LocationConstraint': 'ap-northeast-2'})))`);
    const lines = printed.split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(Array(5).fill('AccessDenied'));
    expect(lines[0]).toContain('OnlySealedByKms');
    const recorded = await auditTrail();
    expect(recorded).toMatch(/"endpoint-call-denied".*"alice".*"s3:PutObject".*OnlySealedByKms/);
    expect(recorded).toMatch(/"endpoint-call-denied".*"alice".*"s3:CreateBucket"/);
  });
});

describe('tools outside, with credentials for outside', () => {
  let credentials: OutsideCredentials;

  beforeAll(async () => {
    credentials = await outsideCredentials(domain, 'alice');
  });

  it('work as the AWS SDK for JavaScript', async () => {
    const client = await outsideClient(credentials);
    const sealed = { ServerSideEncryption: 'aws:kms' } as const;
    const place = { Bucket: bucket, Key: 'from-outside.txt' };
    await client.send(new PutObjectCommand({ ...place, Body: 'from outside', ...sealed }));
    const found = await client.send(new GetObjectCommand(place));
    expect(await found.Body?.transformToString()).toBe('from outside');
    const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'from' }));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual(['from-outside.txt']);
    await expect(
      client.send(new PutObjectCommand({ ...place, Body: 'unsealed' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    await client.send(new DeleteObjectCommand(place));
    client.destroy();
  });

  it("work as Debian's awscli, folders included", async () => {
    const folder = join(domain.folder, 'aws');
    const environment = {
      ...{ PATH: '/usr/bin:/bin', HOME: domain.folder },
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_DEFAULT_REGION: credentials.region,
      AWS_CA_BUNDLE: credentials.trustBundlePath,
    };
    const aws = async (...words: string[]) => {
      const endpoint = ['--endpoint-url', credentials.endpointUrl];
      const { stdout } = await promisify(execFile)('/usr/bin/aws', [...endpoint, ...words], {
        env: environment,
      });
      return stdout.trim();
    };
    await promisify(execFile)('mkdir', ['-p', join(folder, 'deep')]);
    await writeFile(join(folder, 'deep', 'a.txt'), 'a');
    await writeFile(join(folder, 'large.bin'), Buffer.alloc(12_000_000, 7));
    const place = `s3://${bucket}/from-cli`;
    await aws('s3', 'sync', folder, place, '--sse', 'aws:kms', '--only-show-errors');
    expect(await aws('s3', 'ls', `${place}/`)).toMatch(/PRE deep\/[\s\S]*12000000 large\.bin/);
    const back = join(domain.folder, 'back');
    await aws('s3', 'cp', '--recursive', place, back, '--only-show-errors');
    const digest = async (path: string) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
    expect(await digest(join(back, 'large.bin'))).toBe(await digest(join(folder, 'large.bin')));
    await expect(
      aws('s3', 'cp', join(folder, 'large.bin'), `${place}/plain`, '--only-show-errors'),
    ).rejects.toThrow(/AccessDenied/);
    await aws('s3', 'rm', '--recursive', place, '--only-show-errors');
  });

  it('are of no use inside a studio, and a studio’s are of none outside', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const printed = await run(`
import boto3
from botocore.exceptions import ClientError
outside = boto3.client('s3', aws_access_key_id='${accessKeyId}', aws_secret_access_key='${secretAccessKey}', aws_session_token='${sessionToken}')
try: outside.list_objects_v2(Bucket='${bucket}'); print('listed')
except ClientError as error: print(error.response['Error']['Code'])`);
    expect(printed).toBe('AccessDenied');
  });
});

describe('with the key disabled', () => {
  it('nothing of it can be read, and nothing in the data folder tells it', async () => {
    await keyCommand('disable');
    const refused = await run(`
def refused(act):
    try: act(); return 'read'
    except ClientError as error: return error.response['Error']['Code']
print(refused(lambda: s3.get_object(Bucket=bucket, Key='notes.txt')['Body'].read()))
print(refused(lambda: s3.put_object(Bucket=bucket, Key='new', Body=b'x', ServerSideEncryption='aws:kms')))`);
    expect(refused.split('\n')).toEqual(['KMS.DisabledException', 'KMS.DisabledException']);
    await keyCommand('enable');
    expect(
      await run("print(s3.get_object(Bucket=bucket, Key='notes.txt')['Body'].read().decode())"),
    ).toBe(canary);
  });

  it('finds no canary in the files of the objects', async () => {
    const folder = join(domain.folder, 'data', 'objects');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(1);
    for (const { path, name } of files) {
      expect((await readFile(join(path, name))).includes(canary), name).toBe(false);
    }
  });
});
