import { domainArns, renderPolicies } from '@strongroom/domain';
import { evaluate } from '@strongroom/policy';
import { describe, expect, it } from 'vitest';
import { newPerson } from '../studios/testing/test-people.ts';
import { createAuthorize } from './authorize.ts';
import { toIamRequest } from './iam-request.ts';
import { PolicyBook } from './policy-book.ts';
import { domainWith } from './testing/authorize-for.ts';
import { testResources } from './testing/test-resources.ts';

const alice = newPerson('alice', 1, { team: 'risk-models' });
const bob = newPerson('bob', 2, { team: 'risk-models' });
const admin = newPerson('admin', 3, { role: 'administrator', team: 'platform' });
const auditor = newPerson('otto', 4, { role: 'auditor', team: 'platform' });
const here = domainWith(() => [alice, bob, admin, auditor])();
const domain = {
  ...here,
  compute: { ...here.compute, runtime: { kind: 'sagemaker', domainId: undefined } },
} as const;
const book = new PolicyBook(
  () => domain,
  () => [],
  testResources,
);
const clock = () => new Date();
const authorize = createAuthorize({ domain: () => domain, book, clock });

const actions = ['CreateSpace', 'DescribeSpace', 'UpdateSpace', 'DeleteSpace'] as const;

describe('a private space', () => {
  it.each(actions)('is its owner’s alone: sagemaker:%s', (name) => {
    const action = `sagemaker:${name}` as const;
    const asked = { action, resource: alice.profileName, spaceName: 'alice' } as const;
    const may = [alice, bob, admin, auditor].map(
      (principal) => authorize({ principal, ...asked }).allowed,
    );
    expect(may).toEqual([true, false, false, false]);
  });

  it('is made by nobody as anything but private', () => {
    const action = 'sagemaker:CreateSpace';
    const policies = book.policiesOf({ kind: 'person', person: alice });
    const effectOf = (sharing: string) => {
      const request = toIamRequest(domain, {
        ...{ acting: { kind: 'person', person: alice }, action, resource: 'alice', now: clock() },
        context: { 'sagemaker:SpaceSharingType': sharing },
      });
      return evaluate(request, policies).effect;
    };
    expect([effectOf('Private'), effectOf('Shared')]).toEqual(['allow', 'explicit-deny']);
  });

  it('is in the policies of the domain', () => {
    const names = renderPolicies(domain, testResources()).map(({ name }) => name);
    expect(names).toContain('studio-spaces');
  });

  it('has no policy where studios are on this machine', () => {
    const names = renderPolicies(here, testResources()).map(({ name }) => name);
    expect(names).not.toContain('studio-spaces');
    expect(domainArns(here).space('x')).toMatch(/:space\/d-[0-9a-f]{12}\/x$/);
  });
});
