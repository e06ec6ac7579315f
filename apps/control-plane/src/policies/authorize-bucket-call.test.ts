import type { ProfileName } from '@strongroom/contracts';
import { listActions, readActions, writeActions } from '@strongroom/domain';
import { describe, expect, it } from 'vitest';
import { accessPage, accessTable } from '../http/testing/access-table.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import { createAuthorizeBucketCall } from './authorize-bucket-call.ts';
import type { ActingAs } from './policy-book.ts';
import { PolicyBook } from './policy-book.ts';
import { domainWith } from './testing/authorize-for.ts';
import { testResources } from './testing/test-resources.ts';

const bucket = 'research-risk-models';
const people = [
  newPerson('alice', 1, { team: 'risk-models' }),
  newPerson('bob', 2, { team: 'platform' }),
  newPerson('admin', 3, { team: 'platform', role: 'administrator' }),
  newPerson('otto', 4, { team: 'platform', role: 'auditor' }),
  newPerson('dora', 5, { team: 'risk-models', disabled: true }),
];
const domain = domainWith(() => people)();
const noOwn: readonly [] = [];
const book = new PolicyBook(
  () => domain,
  () => noOwn,
  testResources,
);
const authorize = createAuthorizeBucketCall({
  ...{ domain: () => domain, book, clock: () => new Date() },
  people: { find: async (name) => people.find(({ profileName }) => profileName === name) },
});
const sealed = { 's3:x-amz-server-side-encryption': 'aws:kms' };

interface Question {
  readonly name: string;
  readonly action: string;
  readonly from?: 'studio' | 'outside';
  readonly context?: Readonly<Record<string, string | boolean>>;
  readonly bucketPolicy?: string;
}

async function ask({ name, action, from = 'studio', context = {}, bucketPolicy }: Question) {
  const person = people.find(({ profileName }) => profileName === name);
  if (person === undefined) throw new Error(`Nobody is called ${name}`);
  const acting: ActingAs =
    from === 'studio'
      ? { kind: 'execution-role', profileName: name as ProfileName }
      : { kind: 'person', person };
  const isOfBucket = listActions.includes(action) || action.includes('Bucket');
  return authorize({
    ...{ acting, action, bucket, bucketPolicy },
    resourceArn: isOfBucket ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/a.csv`,
    context: {
      ...{ 'aws:SecureTransport': true, 's3:ResourceAccount': domain.domain.accountId },
      ...(action === 's3:PutObject' ? sealed : {}),
      ...context,
    },
    endpoint: from === 'studio' ? 's3' : undefined,
  });
}

const callers = ['alice', 'bob', 'admin', 'otto', 'dora'] as const;
const objectActions = [...readActions, ...writeActions];
const administration = ['s3:CreateBucket', 's3:PutBucketPolicy', 's3:DeleteBucket'];
const actions = [...listActions, ...objectActions, ...administration];

/** The bucket is the risk models' team's; bob and admin are of another, otto is an auditor. */
function expected(action: string, caller: string, from: 'studio' | 'outside'): boolean {
  const isAdministration = administration.includes(action) || action.startsWith('s3:GetBucket');
  if (caller === 'admin' && from === 'outside' && isAdministration) return true;
  if (caller === 'admin' && from === 'outside' && action === 's3:GetEncryptionConfiguration') {
    return true;
  }
  if (caller === 'otto' && from === 'outside' && action === 's3:GetEncryptionConfiguration') {
    return true;
  }
  return caller === 'alice' && !administration.includes(action);
}

describe('every action on a bucket', () => {
  const cells = (['studio', 'outside'] as const).flatMap((from) =>
    actions.flatMap((action) => callers.map((caller) => ({ from, action, caller }))),
  );
  it.each(cells)('from $from, $action, $caller', async ({ from, action, caller }) => {
    const { allowed } = await ask({ name: caller, action, from });
    expect(allowed).toBe(expected(action, caller, from));
  });

  it('is the one in the documents', async () => {
    const rows = (['studio', 'outside'] as const).flatMap((from) =>
      actions.map((action) => ({
        name: `${from}: ${action}`,
        answers: callers.map((caller) => (expected(action, caller, from) ? 'yes' : 'no')),
      })),
    );
    const page = accessTable(
      'Buckets',
      "What each kind of person may do with a bucket that is their team's, from their studio and from outside.",
      { callers: ['team', 'other team', 'administrator', 'auditor', 'disabled'], rows },
    );
    await expect(page).toMatchFileSnapshot(accessPage('buckets'));
  });
});

describe('each layer refuses by itself', () => {
  const put = { name: 'alice', action: 's3:PutObject' };
  const otherKey = 'arn:aws:kms:ap-northeast-2:000000000000:key/of-nobody';

  it.each([
    [
      'an upload without aws:kms',
      { 's3:x-amz-server-side-encryption': 'AES256' },
      'OnlySealedByKms',
    ],
    [
      'another key',
      { 's3:x-amz-server-side-encryption-aws-kms-key-id': otherKey },
      'OnlyTheKeyOfTheDomain',
    ],
    ['a connection without TLS', { 'aws:SecureTransport': false }, 'OnlyOverTls'],
  ])('the bucket: %s', async (_, context, statement) => {
    expect((await ask({ ...put, context })).rule).toBe(`bucket-${bucket}/${statement}`);
  });

  it('takes the key of the domain where it is named', async () => {
    const key = testResources().dataKeyArn;
    const context = { 's3:x-amz-server-side-encryption-aws-kms-key-id': key };
    expect((await ask({ ...put, context })).allowed).toBe(true);
  });

  it('the endpoint: a bucket of another account', async () => {
    const context = { 's3:ResourceAccount': '999999999999' };
    expect(await ask({ ...put, context })).toMatchObject({ allowed: false });
  });

  it('a policy that was set on the bucket', async () => {
    const bucketPolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        ...{ Sid: 'Frozen', Effect: 'Deny', Principal: '*', Action: 's3:PutObject' },
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    });
    expect((await ask({ ...put, bucketPolicy })).rule).toBe('bucket-policy/Frozen');
  });

  it('a policy set on the bucket may give more, and to nobody who is disabled', async () => {
    const bucketPolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        ...{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' },
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    });
    const given = await ask({ name: 'bob', action: 's3:GetObject', bucketPolicy });
    expect(given.allowed).toBe(true);
    const disabled = await ask({ name: 'dora', action: 's3:GetObject', bucketPolicy });
    expect(disabled.rule).toBe('person-disabled');
  });
});
