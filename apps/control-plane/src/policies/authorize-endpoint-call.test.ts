import type { ProfileName } from '@strongroom/contracts';
import type { RenderedPolicy } from '@strongroom/domain';
import { domainArns } from '@strongroom/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { CollectedAudit } from '../audit/testing/collected-audit.ts';
import type { AuthorizeCall, EndpointCall } from '../network/endpoints/authorize-call.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import { createAuthorizeCall } from './authorize-endpoint-call.ts';
import { PolicyBook } from './policy-book.ts';
import { domainWith } from './testing/authorize-for.ts';
import { testResources } from './testing/test-resources.ts';

const alice = newPerson('alice', 1, { team: 'risk-models' });
const disabled = newPerson('dora', 2, { team: 'risk-models', disabled: true });
const people = new Map([alice, disabled].map((person) => [person.profileName, person]));
const domain = domainWith(() => people.values());

/** An execution role that may do everything: what is refused is refused by the endpoint. */
const everything: RenderedPolicy = {
  ...{ name: 'everything', kind: 'identity', file: undefined },
  purpose: { english: 'Everything', korean: '전부' },
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  },
  bindings: [{ kind: 'execution-role', profileName: alice.profileName }],
};

const own: readonly RenderedPolicy[] = [everything];
const book = new PolicyBook(domain, () => own, testResources);
let audit: CollectedAudit;
let authorizeCall: AuthorizeCall;

beforeEach(() => {
  audit = new CollectedAudit();
  authorizeCall = createAuthorizeCall({
    ...{ domain, book, clock: () => new Date(), audit: audit.log },
    people: { find: async (name) => people.get(name as ProfileName) },
  });
});

function ask(change: Partial<EndpointCall>) {
  return authorizeCall({
    ...{ profileName: alice.profileName, endpoint: 'sts' },
    ...{ action: 'sts:GetCallerIdentity', resource: '*' },
    ...change,
  });
}

describe('a call of a studio to an endpoint', () => {
  it('passes where its own policy lets it pass, which is not recorded', async () => {
    expect((await ask({})).allowed).toBe(true);
    const resource = domainArns(domain()).userProfile(alice.profileName);
    const described = { endpoint: 'api', action: 'strongroom:DescribeStudio', resource } as const;
    expect((await ask(described)).allowed).toBe(true);
    expect(audit.events).toEqual([]);
  });

  it('is refused by the endpoint’s policy, whatever the execution role may do', async () => {
    expect(await ask({ action: 'sts:AssumeRole' })).toMatchObject({ allowed: false });
    const resource = domainArns(domain()).userProfile(alice.profileName);
    // Right at one endpoint, and nothing at the other.
    const misplaced = { action: 'strongroom:DescribeStudio', resource };
    expect(await ask(misplaced)).toMatchObject({ allowed: false });
    expect(await ask({ endpoint: 'api' })).toMatchObject({ allowed: false });
  });

  it('is refused at an endpoint without a policy, in both languages', async () => {
    for (const endpoint of ['s3', 'git'] as const) {
      const { allowed, rule, sentence } = await ask({ endpoint });
      expect([allowed, rule]).toEqual([false, 'implicit-deny']);
      expect(sentence.english).toContain(endpoint);
      expect(sentence.korean).toMatch(/\p{Script=Hangul}/u);
    }
  });

  it('is refused to who is disabled or not there', async () => {
    for (const profileName of [disabled.profileName, 'nobody' as ProfileName]) {
      expect(await ask({ profileName })).toMatchObject({ allowed: false, rule: 'person-disabled' });
    }
  });

  it('that is refused is in the audit trail with its rule, once for a flood of them', async () => {
    const refused = await ask({ action: 'sts:AssumeRole' });
    expect(refused.allowed).toBe(false);
    for (let number = 0; number < 50; number += 1) await ask({ action: 'sts:AssumeRole' });
    expect(audit.of('endpoint-call-denied')).toMatchObject([
      { profileName: 'alice', endpoint: 'sts', action: 'sts:AssumeRole', rule: refused.rule },
    ]);
  });

  it('is refused also where that cannot be recorded', async () => {
    audit.canWrite = false;
    expect((await ask({ action: 'sts:AssumeRole' })).allowed).toBe(false);
  });
});
