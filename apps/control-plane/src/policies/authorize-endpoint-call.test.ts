import type { ProfileName } from '@strongroom/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { CollectedAudit } from '../audit/testing/collected-audit.ts';
import type { Person } from '../identity/person.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import { createAuthorizeCall } from './authorize-endpoint-call.ts';
import { PolicyBook } from './policy-book.ts';
import { domainWith } from './testing/authorize-for.ts';

const alice: Person = newPerson('alice', 0, {});
let audit: CollectedAudit;
let authorizeCall: ReturnType<typeof createAuthorizeCall>;

beforeEach(() => {
  audit = new CollectedAudit();
  const domain = domainWith(() => [alice]);
  const book = new PolicyBook(domain, () => noOwn);
  const people = { find: async (name: string) => (name === 'alice' ? alice : undefined) };
  authorizeCall = createAuthorizeCall({ domain, people, book, audit: audit.log, clock: now });
});

const noOwn: readonly [] = [];
const now = () => new Date('2026-03-01T12:00:00Z');
const call = (action: string) => ({
  ...({ profileName: 'alice' as ProfileName, endpoint: 'sts', action, resource: '*' } as const),
});

describe('a call of a program in a studio', () => {
  it('that is refused is in the audit trail with its rule, once for a flood of them', async () => {
    const refused = await authorizeCall(call('sts:AssumeRole'));
    expect(refused.allowed).toBe(false);
    for (let number = 0; number < 50; number += 1) await authorizeCall(call('sts:AssumeRole'));
    expect(audit.of('endpoint-call-denied')).toMatchObject([
      { profileName: 'alice', endpoint: 'sts', action: 'sts:AssumeRole', rule: refused.rule },
    ]);
  });

  it('that is allowed is not', async () => {
    expect((await authorizeCall(call('sts:GetCallerIdentity'))).allowed).toBe(true);
    expect(audit.events).toEqual([]);
  });

  it('is refused also where that cannot be recorded', async () => {
    audit.canWrite = false;
    expect((await authorizeCall(call('sts:AssumeRole'))).allowed).toBe(false);
  });
});
