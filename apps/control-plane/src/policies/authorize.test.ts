import { describe, expect, it } from 'vitest';
import type { Person } from '../identity/person.ts';
import { type Action, authorize } from './authorize.ts';

const person = (profileName: string, role: Person['role'], disabled = false): Person => ({
  profileName: profileName as never,
  displayName: profileName,
  role,
  team: 'platform',
  disabled,
  hostUid: 200_000,
  language: 'en',
  theme: 'system',
  createdAt: new Date(0),
});
const alice = person('alice', 'data-scientist');
const bob = person('bob', 'data-scientist');
const admin = person('admin', 'administrator');

/** Whether alice, bob and admin may, upon the profile "alice". */
const table: readonly (readonly [Action, boolean, boolean, boolean])[] = [
  ['sagemaker:CreatePresignedDomainUrl', true, false, false],
  ['sagemaker:CreateApp', true, false, false],
  ['sagemaker:DeleteApp', true, false, true],
  ['sagemaker:ListApps', true, false, true],
  ['sagemaker:CreateUserProfile', false, false, true],
  ['sagemaker:UpdateUserProfile', false, false, true],
  ['sagemaker:DeleteUserProfile', false, false, true],
  ['strongroom:CreateOneTimePassword', false, false, true],
  ['strongroom:ListHomeFiles', true, false, false],
  ['strongroom:ReadHomeFile', true, false, false],
  ['strongroom:ListControls', false, false, true],
];

describe('the policy', () => {
  it.each(table)('decides %s', (action, ...expected) => {
    const resource = alice.profileName;
    const decided = [alice, bob, admin].map(
      (principal) => authorize({ principal, action, resource }).allowed,
    );
    expect(decided).toEqual(expected);
  });

  it.each(table)('refuses %s to whoever is disabled', (action) => {
    for (const name of ['alice', 'admin']) {
      const principal = person(name, 'administrator', true);
      const decision = authorize({ principal, action, resource: principal.profileName });
      expect(decision).toMatchObject({ allowed: false, rule: 'person-disabled' });
    }
  });

  it('says whose studio it is and who may in a refusal', () => {
    const action = 'sagemaker:CreatePresignedDomainUrl';
    const decision = authorize({ principal: bob, action, resource: alice.profileName });
    expect(decision.sentence).toBe(
      'sagemaker:CreatePresignedDomainUrl on the profile "alice" is allowed only to its owner.',
    );
  });

  it('gives nobody the domain as if it were theirs', () => {
    const action = 'sagemaker:ListApps';
    expect(authorize({ principal: alice, action, resource: '*' }).allowed).toBe(false);
  });
});
