import { domainArns, resourceKindOfAction } from '@strongroom/domain';
import { describe, expect, it } from 'vitest';
import { CollectedAudit } from '../audit/testing/collected-audit.ts';
import { accessPage, accessTable } from '../http/testing/access-table.ts';
import type { EndpointCall } from '../network/endpoints/authorize-call.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import { createAuthorizeCall } from './authorize-endpoint-call.ts';
import { PolicyBook } from './policy-book.ts';
import { domainWith } from './testing/authorize-for.ts';
import { testResources } from './testing/test-resources.ts';

const people = [
  newPerson('alice', 1, {}),
  newPerson('bob', 2, {}),
  newPerson('admin', 3, { role: 'administrator' }),
  newPerson('otto', 4, { role: 'auditor' }),
  newPerson('dora', 5, { disabled: true }),
];
/** Whose notebooks ask, always about alice's profile; dora about her own. */
const callers = ['alice', 'bob', 'admin', 'otto', 'dora', 'nobody'] as const;
const headings = ['owner', 'colleague', 'administrator', 'auditor', 'disabled', 'removed'];

const domain = domainWith(() => people)();
const book = new PolicyBook(
  () => domain,
  () => noOwn,
  testResources,
);
const noOwn: readonly [] = [];
const authorizeCall = createAuthorizeCall({
  ...{ domain: () => domain, book, clock: () => new Date(), audit: new CollectedAudit().log },
  people: { find: async (name) => people.find(({ profileName }) => profileName === name) },
});

const endpoints = book
  .list()
  .flatMap(({ bindings }) =>
    bindings.flatMap((binding) => (binding.kind === 'endpoint' ? [binding.endpoint] : [])),
  );
const actions = ['sts:GetCallerIdentity', 'sts:AssumeRole', ...Object.keys(resourceKindOfAction)];
/** What passes at all, and for whom; all else is for nobody. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'sts sts:GetCallerIdentity': ['alice', 'bob', 'admin'],
  'api strongroom:DescribeStudio': ['alice'],
};

async function decide(endpoint: string, action: string, caller: string): Promise<boolean> {
  const about = caller === 'dora' ? 'dora' : 'alice';
  const answer = await authorizeCall({
    ...{ profileName: caller as never, endpoint: endpoint as EndpointCall['endpoint'], action },
    resource: action.startsWith('sts:') ? '*' : domainArns(domain).userProfile(about as never),
  });
  return answer.allowed;
}

describe('every action through every endpoint', () => {
  it('has an endpoint policy for each endpoint there is', () => {
    expect(endpoints).toEqual(['sts', 'api', 's3', 'git']);
  });

  // What passes S3's is in the access to buckets: it takes the condition keys of an S3 request.
  const cells = endpoints.flatMap((endpoint) =>
    actions.flatMap((action) => callers.map((caller) => ({ endpoint, action, caller }))),
  );
  it.each(cells)('$endpoint $action, $caller', async ({ endpoint, action, caller }) => {
    const isAllowed = allowed[`${endpoint} ${action}`]?.includes(caller) ?? false;
    expect(await decide(endpoint, action, caller)).toBe(isAllowed);
  });

  it('passes no endpoint that has no policy', async () => {
    expect(await decide('none', 'sts:GetCallerIdentity', 'alice')).toBe(false);
  });

  it('is the one in the documents', async () => {
    const rows = Object.entries(allowed).map(([name, who]) => ({
      ...{ name, answers: callers.map((caller) => (who.includes(caller) ? 'yes' : 'no')) },
    }));
    const page = accessTable(
      'Endpoints',
      "What the notebooks of each kind of person are answered about the owner's profile; every other action is refused to all of them.",
      { callers: headings, rows },
    );
    await expect(page).toMatchFileSnapshot(accessPage('endpoints'));
  });
});
