import type { Principal } from '@strongroom/policy';
import type { Resource } from '../graph/resource.ts';
import { at, inside, itemsOf, tagsOf, textsOf } from '../graph/resource.ts';
import type { Resources } from '../graph/resources.ts';
import { isResolvedObject, isUnknown } from '../resolve/unknown.ts';
import { awsManagedPolicy } from './aws-managed-policies.ts';
import { executionRoleArns, imageRoleArns } from './execution-role-arns.ts';
import type { Identity } from './identity.ts';
import { type ReadPolicy, readPolicy } from './read-policy.ts';

/** Everyone in the templates who can act. */
export function buildIdentities(
  resources: Resources,
  policies: readonly ReadPolicy[],
): readonly Identity[] {
  const attached = attachedPolicies(resources, policies);
  const executionRoles = executionRoleArns(resources);
  const imageRoles = imageRoleArns(resources);
  const identities = resources
    .ofType('AWS::IAM::Role', 'AWS::IAM::User', 'AWS::SSO::PermissionSet')
    .map((resource): Identity => {
      const trust = policies.find(
        (policy) => policy.resource === resource && policy.path === 'AssumeRolePolicyDocument',
      );
      const isExecutionRole =
        executionRoles.has(resource.arn ?? '') ||
        (trusts(trust, 'sagemaker.amazonaws.com') && !imageRoles.has(resource.arn));
      return {
        ...{ resource, trust, isExecutionRole },
        kind: kindOf(resource),
        principal: principalOf(resource, resources),
        policies: attached.get(resource) ?? [],
        boundary: boundaryOf(resource, policies),
        tags: tagsOf(resource),
        isForPeople: !isExecutionRole && (trust === undefined || isForPeople(trust)),
      };
    });
  return [...identities, ...unattached(resources, policies, attached)];
}

function kindOf({ type }: Resource): Identity['kind'] {
  if (type === 'AWS::IAM::Role') return 'role';
  return type === 'AWS::IAM::User' ? 'user' : 'permission-set';
}

function principalOf(resource: Resource, { surroundings }: Resources): Principal {
  const { accountId: account, partition } = surroundings;
  const name = resource.reference.slice(resource.reference.lastIndexOf('/') + 1);
  if (resource.type === 'AWS::IAM::User') {
    return { kind: 'user', account, arn: resource.arn ?? '' };
  }
  const roleArn =
    resource.type === 'AWS::IAM::Role' && resource.arn !== undefined
      ? resource.arn
      : `arn:${partition}:iam::${account}:role/${name.replace(/[^A-Za-z0-9_-]/g, '-')}`;
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    ...{ kind: 'assumed-role', account, roleArn, sessionName: 'session' },
    arn: `arn:${partition}:sts::${account}:assumed-role/${roleName}/session`,
  };
}

/** By identity: inline policies, policies that name it, and managed policies that it names. */
function attachedPolicies(
  resources: Resources,
  policies: readonly ReadPolicy[],
): ReadonlyMap<Resource, readonly ReadPolicy[]> {
  const attached = new Map<Resource, ReadPolicy[]>();
  const attach = (resource: Resource, policy: ReadPolicy) => {
    const list = attached.get(resource) ?? [];
    if (!list.includes(policy)) list.push(policy);
    attached.set(resource, list);
  };
  const byResource = new Map<Resource, ReadPolicy[]>();
  for (const policy of policies) {
    byResource.set(policy.resource, [...(byResource.get(policy.resource) ?? []), policy]);
  }
  for (const policy of policies) {
    if (policy.kind !== 'identity') continue;
    if (isIdentity(policy.resource)) attach(policy.resource, policy);
    for (const holder of namedHolders(policy.resource, resources)) attach(holder, policy);
  }
  for (const resource of resources.all.filter(isIdentity)) {
    for (const [index, item] of itemsOf(managedOf(resource)).entries()) {
      const own = byResource.get(resources.find(item, 'AWS::IAM::ManagedPolicy') ?? resource);
      const found = own?.find(({ resource: { type } }) => type === 'AWS::IAM::ManagedPolicy');
      if (found !== undefined) {
        attach(
          resource,
          found.kind === 'identity' ? found : readPolicy({ ...found, kind: 'identity' }),
        );
        continue;
      }
      const document = typeof item === 'string' ? awsManagedPolicy(item) : item;
      attach(
        resource,
        readPolicy({
          resource,
          path: `${managedPath(resource)}.${index}`,
          kind: 'identity',
          document,
        }),
      );
    }
  }
  return attached;
}

function isIdentity({ type }: Resource): boolean {
  return (
    type === 'AWS::IAM::Role' || type === 'AWS::IAM::User' || type === 'AWS::SSO::PermissionSet'
  );
}

function managedPath({ type }: Resource): string {
  return type === 'AWS::SSO::PermissionSet' ? 'ManagedPolicies' : 'ManagedPolicyArns';
}

function managedOf(resource: Resource) {
  return at(resource, managedPath(resource));
}

/** The roles and users that an `AWS::IAM::Policy` or the like names; groups stand for their users. */
function namedHolders(policy: Resource, resources: Resources): readonly Resource[] {
  const roles = [...textsOf(at(policy, 'Roles')), ...textsOf(at(policy, 'RoleName'))];
  const users = [...textsOf(at(policy, 'Users')), ...textsOf(at(policy, 'UserName'))];
  const groups = new Set([
    ...textsOf(at(policy, 'Groups')),
    ...textsOf(at(policy, 'GroupName')),
    ...(policy.type === 'AWS::IAM::Group' ? [policy.reference] : []),
  ]);
  const members = resources
    .ofType('AWS::IAM::User')
    .filter((user) => textsOf(at(user, 'Groups')).some((group) => groups.has(group)));
  return [
    ...roles.map((name) => resources.find(name, 'AWS::IAM::Role')),
    ...users.map((name) => resources.find(name, 'AWS::IAM::User')),
    ...members,
  ].filter((holder) => holder !== undefined);
}

function boundaryOf(resource: Resource, policies: readonly ReadPolicy[]): ReadPolicy | undefined {
  const path =
    resource.type === 'AWS::SSO::PermissionSet'
      ? 'PermissionsBoundary.ManagedPolicyArn'
      : 'PermissionsBoundary';
  const value = at(resource, path);
  if (value === undefined) return undefined;
  const own = policies.find(
    (policy) => policy.resource.arn === value && policy.kind === 'boundary',
  );
  if (own !== undefined) return own;
  const document = typeof value === 'string' ? awsManagedPolicy(value) : value;
  return readPolicy({ resource, path, kind: 'boundary', document });
}

/** Managed policies that are there for somebody to attach: whoever does so is asked about too. */
function unattached(
  resources: Resources,
  policies: readonly ReadPolicy[],
  attached: ReadonlyMap<Resource, readonly ReadPolicy[]>,
): readonly Identity[] {
  const used = new Set([...attached.values()].flat());
  return policies
    .filter(
      (policy) =>
        policy.resource.type === 'AWS::IAM::ManagedPolicy' &&
        policy.kind === 'identity' &&
        ![...used].some(({ resource }) => resource === policy.resource),
    )
    .map((policy) => ({
      ...{ resource: policy.resource, kind: 'unattached-policy', policies: [policy] },
      principal: principalOf(policy.resource, resources),
      ...{ boundary: undefined, trust: undefined, tags: {} },
      ...{ isExecutionRole: false, isForPeople: true },
    }));
}

function trusts(trust: ReadPolicy | undefined, service: string): boolean {
  return (
    trust?.statements.some(
      ({ Effect, Principal }) =>
        Effect === 'Allow' &&
        isResolvedObject(Principal) &&
        textsOf(inside(Principal, 'Service')).includes(service),
    ) ?? false
  );
}

/** Anything but services alone: an account, a federation, everyone, or unknown. */
function isForPeople(trust: ReadPolicy): boolean {
  if (isUnknown(trust.document)) return true;
  return trust.statements.some(
    ({ Principal }) =>
      !isResolvedObject(Principal) || Object.keys(Principal).some((kind) => kind !== 'Service'),
  );
}
