import type { Model } from '../graph/model.ts';
import { onceFor } from '../graph/once-for.ts';
import { at, itemsOf, type Resource } from '../graph/resource.ts';
import { isUnknown } from '../resolve/unknown.ts';
import { type ReadPolicy, readPolicy } from './read-policy.ts';

/** Resources whose policy is a resource of its own, and how that names them. */
const separate: Readonly<Record<string, string>> = {
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::SNS::TopicPolicy': 'Topics',
  'AWS::SQS::QueuePolicy': 'Queues',
};

/** The resource or endpoint policies of a resource; not the identity policies of a role. */
export function policiesOf({ policies }: Model, resource: Resource): readonly ReadPolicy[] {
  const known = byResource(policies);
  const found = known.get(resource) ?? findPolicies(policies, resource);
  known.set(resource, found);
  return found;
}

const byResource = onceFor((_: Model['policies']) => new Map<Resource, readonly ReadPolicy[]>());

function findPolicies(policies: Model['policies'], resource: Resource): readonly ReadPolicy[] {
  return policies.flatMap((policy) => {
    if (policy.kind !== 'resource' && policy.kind !== 'endpoint') return [];
    if (policy.resource === resource) return [policy];
    const property = separate[policy.resource.type];
    if (property === undefined || !mayName(policy.resource.type, resource.type)) return [];
    const named = itemsOf(at(policy.resource, property));
    if (named.includes(resource.reference)) return [policy];
    // It may be this one's policy or another's.
    const unknown = named.find(isUnknown);
    return unknown === undefined ? [] : [readPolicy({ ...policy, document: unknown })];
  });
}

function mayName(policyType: string, type: string): boolean {
  return policyType.startsWith(`${type}Policy`);
}
