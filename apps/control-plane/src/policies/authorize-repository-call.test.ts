import type { RepositoryGrant } from '@strongroom/contracts';
import type { RenderedPolicy } from '@strongroom/domain';
import { largeFilesBucket, tagsOfRepository, teamAccessTag } from '@strongroom/domain';
import { describe, expect, it } from 'vitest';
import { newPerson } from '../studios/testing/test-people.ts';
import { createAuthorizeBucketCall } from './authorize-bucket-call.ts';
import { createAuthorizeRepositoryCall } from './authorize-repository-call.ts';
import { PolicyBook } from './policy-book.ts';
import { domainWith } from './testing/authorize-for.ts';
import { testResources } from './testing/test-resources.ts';

const people = [
  newPerson('alice', 1, { team: 'Risk' }),
  newPerson('bob', 2, { team: 'Risk' }),
  newPerson('carol', 3, { team: 'risk' }),
  newPerson('admin', 4, { team: '운영', role: 'administrator' }),
  newPerson('otto', 5, { team: 'Risk', role: 'auditor' }),
  newPerson('dora', 6, { team: 'Risk', disabled: true }),
];
const domain = domainWith(() => people)();
const parts = (own: readonly RenderedPolicy[]) => ({
  ...{ domain: () => domain, clock: () => new Date() },
  book: new PolicyBook(
    () => domain,
    () => own,
    testResources,
  ),
  people: { find: async (name: string) => people.find((each) => each.profileName === name) },
});
const authorize = createAuthorizeRepositoryCall(parts([]));

async function who(
  action: string,
  access: readonly RepositoryGrant[],
  from: 'studio' | 'outside' = 'outside',
): Promise<string[]> {
  const tags = tagsOfRepository({ owner: 'alice', access });
  const asked = people.map(async ({ profileName }) => {
    const call = { profileName, from, action: `codecommit:${action}`, repository: 'models', tags };
    return (await authorize(call)).allowed ? [profileName as string] : [];
  });
  return (await Promise.all(asked)).flat();
}

describe('the policies of repositories', () => {
  it.each(['studio', 'outside'] as const)('let in whom grants name, from %s', async (from) => {
    expect(await who('GitPull', [], from)).toEqual(['alice']);
    const reading = { permission: 'read' } as const;
    expect(await who('GitPull', [{ to: { team: 'Risk' }, ...reading }], from)).toEqual([
      ...['alice', 'bob'],
    ]);
    expect(await who('GitPush', [{ to: { team: 'Risk' }, ...reading }], from)).toEqual(['alice']);
    const admin = { to: { profileName: 'admin' as never }, permission: 'read-write' } as const;
    expect(await who('GitPush', [admin], from)).toEqual(['alice', 'admin']);
    expect(await who('GitPull', [{ to: 'everyone', ...reading }], from)).toEqual([
      ...['alice', 'bob', 'carol', 'admin'],
    ]);
  });

  it('tell teams apart whose names differ in case alone', async () => {
    expect(teamAccessTag('Risk').toLowerCase()).not.toBe(teamAccessTag('risk').toLowerCase());
    const access = [{ to: { team: 'risk' }, permission: 'read' } as const];
    expect(await who('GitPull', access)).toEqual(['alice', 'carol']);
  });

  it('let the owner and administrators manage, and programs in studios only use Git', async () => {
    for (const action of ['UpdateRepositoryDescription', 'TagResource', 'DeleteRepository']) {
      expect(await who(action, [{ to: 'everyone', permission: 'read-write' }])).toEqual([
        ...['alice', 'admin'],
      ]);
      expect(await who(action, [], 'studio')).toEqual([]);
    }
    expect(await who('GetFile', [{ to: 'everyone', permission: 'read' }], 'studio')).toEqual([]);
  });

  it('give a wider grant to the same its way, whichever comes first', () => {
    const grants = ['read', 'read-write', 'read'].map((permission) => ({
      ...{ to: 'everyone' as const, permission: permission as 'read' },
    }));
    const tags = tagsOfRepository({ owner: 'alice', access: grants });
    expect(tags['strongroom:access:everyone']).toBe('read-write');
  });

  it('can be narrowed by the ref that a push changes', async () => {
    const noMain: RenderedPolicy = {
      ...{ name: 'own', kind: 'identity', file: 'policies/own.json' },
      purpose: { english: '', korean: '' },
      document: {
        Version: '2012-10-17',
        Statement: {
          ...{ Sid: 'NoMain', Effect: 'Deny', Action: 'codecommit:GitPush', Resource: '*' },
          Condition: { StringEqualsIfExists: { 'codecommit:References': ['refs/heads/main'] } },
        },
      },
      bindings: [{ kind: 'everyone' }],
    };
    const narrowed = createAuthorizeRepositoryCall(parts([noMain]));
    const tags = tagsOfRepository({ owner: 'alice', access: [] });
    const push = (reference: string) =>
      narrowed({
        ...{ profileName: 'alice' as never, from: 'outside', action: 'codecommit:GitPush' },
        ...{ repository: 'models', tags, reference },
      });
    expect(await push('refs/heads/main')).toMatchObject({ allowed: false, rule: 'own/NoMain' });
    expect((await push('refs/heads/next')).allowed).toBe(true);
  });

  it('keep everybody from the large files by S3, whatever else is attached', async () => {
    const everything: RenderedPolicy = {
      ...{ name: 'own', kind: 'identity', file: 'policies/own.json' },
      purpose: { english: '', korean: '' },
      document: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
      },
      bindings: [{ kind: 'everyone' }],
    };
    const authorizeBucket = createAuthorizeBucketCall(parts([everything]));
    const bucket = largeFilesBucket(domain.domain.accountId);
    const [person] = people;
    if (person === undefined) throw new Error('Nobody is there');
    for (const action of ['s3:GetObject', 's3:PutObject', 's3:PutBucketPolicy']) {
      const decision = await authorizeBucket({
        ...{ acting: { kind: 'person', person }, action, bucket, bucketPolicy: undefined },
        ...{ resourceArn: `arn:aws:s3:::${bucket}/a`, context: {}, endpoint: undefined },
      });
      expect(decision.rule).toBe(`bucket-${bucket}/ThroughRepositoriesAlone`);
    }
  });
});
