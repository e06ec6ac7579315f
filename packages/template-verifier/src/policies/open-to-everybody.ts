import type { Resource } from '../graph/resource.ts';
import { type ReadPolicy, readPolicy } from './read-policy.ts';

/** The policy of a resource elsewhere whose owner lets everybody in. */
export function openToEverybody(resource: Resource): ReadPolicy {
  return readPolicy({
    ...{ resource, path: '', kind: 'resource' },
    document: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    },
  });
}
