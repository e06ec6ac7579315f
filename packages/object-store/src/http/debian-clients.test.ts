import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alice, openTestService, region, type TestService } from './testing/test-service.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./testing/boto3_session.py', import.meta.url));
const timeoutMilliseconds = 120_000;

function environment(home: string) {
  return {
    ...{ PATH: '/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8', AWS_EC2_METADATA_DISABLED: 'true' },
    ...{ AWS_ACCESS_KEY_ID: alice.accessKeyId, AWS_SECRET_ACCESS_KEY: alice.secretAccessKey },
    AWS_DEFAULT_REGION: region,
  };
}

describe.each([
  ['HTTP', false],
  ['HTTPS', true],
])("Debian's clients over %s", (_, tls) => {
  let service: TestService;
  let folder: string;

  beforeAll(async () => {
    service = await openTestService({ tls });
    service.refuse = ({ resourceArn }) =>
      resourceArn.includes('/denied/') ? 'denied by the test' : undefined;
    folder = mkdtempSync(join(tmpdir(), 'strongroom-clients-'));
  });
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });

  it(
    'boto3 does what programs do with it',
    async () => {
      const { endpoint, certificatePath = '', key } = service;
      const { stdout } = await run(
        '/usr/bin/python3',
        [program, endpoint, certificatePath, key.arn],
        { env: environment(folder) },
      );
      expect(stdout.trim().split('\n')).toEqual(
        [
          ...['buckets', 'objects', 'listings', 'transfers', 'copies', 'versions and tags'],
          ...['presigned URLs', 'parallel writes', 'refusals', 'deletion'],
        ].map((what) => `passed: ${what}`),
      );
      expect(service.lines.filter(({ status }) => status >= 500)).toEqual([]);
    },
    timeoutMilliseconds,
  );

  it.runIf(existsSync('/usr/bin/aws'))(
    'the AWS CLI copies, lists, synchronises, signs and removes',
    async () => {
      const { endpoint, certificatePath } = service;
      const trust = certificatePath === undefined ? [] : ['--ca-bundle', certificatePath];
      const aws = async (...words: string[]) => {
        const all = ['--endpoint-url', endpoint, ...trust, ...words];
        return (await run('/usr/bin/aws', all, { env: environment(folder) })).stdout;
      };
      const bucket = 's3://cli-bucket';
      const source = join(folder, 'source');
      mkdirSync(join(source, 'sub'), { recursive: true });
      writeFileSync(join(source, 'a.txt'), 'a');
      writeFileSync(join(source, 'sub', 'b ü.txt'), 'b');
      writeFileSync(join(source, 'large'), Buffer.alloc(20 * 1024 * 1024, 'x'));
      await aws('s3', 'mb', bucket);
      await aws('s3', 'sync', source, `${bucket}/up`, '--sse', 'aws:kms');
      const listed = await aws('s3', 'ls', '--recursive', bucket);
      expect(listed.match(/up\/.*$/gm)).toEqual(['up/a.txt', 'up/large', 'up/sub/b ü.txt']);
      expect(await aws('s3', 'ls', `${bucket}/up/`)).toContain('PRE sub/');
      expect(await aws('s3', 'sync', source, `${bucket}/up`, '--sse', 'aws:kms')).toBe('');
      await aws('s3', 'cp', `${bucket}/up/large`, join(folder, 'large'));
      expect(readFileSync(join(folder, 'large')).length).toBe(20 * 1024 * 1024);
      await aws('s3', 'mv', `${bucket}/up/a.txt`, `${bucket}/moved.txt`, '--sse', 'aws:kms');
      const url = (await aws('s3', 'presign', `${bucket}/moved.txt`)).trim();
      if (certificatePath === undefined) expect(await (await fetch(url)).text()).toBe('a');
      const text = await aws('s3api', 'get-bucket-location', '--bucket', 'cli-bucket');
      expect(JSON.parse(text)).toEqual({ LocationConstraint: region });
      await aws('s3', 'rm', '--recursive', bucket);
      await aws('s3', 'rb', bucket);
    },
    timeoutMilliseconds,
  );
});
