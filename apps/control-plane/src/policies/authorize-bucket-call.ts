import type { Domain } from '@strongroom/domain';
import { type CompiledPolicy, compilePolicy, evaluate, parseDocument } from '@strongroom/policy';
import type { Clock } from '../clock.ts';
import type { People } from '../identity/people.ts';
import type { Decision } from './access-request.ts';
import { refuseDisabled, refuseWithoutEndpointPolicy, toDecision } from './authorize.ts';
import { toIamRequest } from './iam-request.ts';
import type { ActingAs, PolicyBook } from './policy-book.ts';

interface BucketCall {
  readonly acting: ActingAs;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  readonly resourceArn: string;
  readonly bucket: string | undefined;
  readonly context: Readonly<
    Record<string, string | number | boolean | readonly string[] | undefined>
  >;
  /** The text that was set on the bucket with PutBucketPolicy. */
  readonly bucketPolicy: string | undefined;
  /** The endpoint that it came through; `undefined`: from outside the studios. */
  readonly endpoint: 's3' | undefined;
}

export type AuthorizeBucketCall = (call: BucketCall) => Promise<Decision>;

const keptPolicies = 200;

/**
 * Decides one action on a bucket or object by every policy that has a say: the identity's with its
 * boundary, the domain's policy of the bucket and the one that was set on it, and the endpoint's.
 */
export function createAuthorizeBucketCall(options: {
  readonly domain: () => Domain;
  readonly people: Pick<People, 'find'>;
  readonly book: PolicyBook;
  readonly clock: Clock;
}): AuthorizeBucketCall {
  const { domain, people, book, clock } = options;
  const compile = compileOnce();
  return async (call) => {
    const { acting, action, bucket, bucketPolicy, context, endpoint } = call;
    const { profileName } = acting.kind === 'person' ? acting.person : acting;
    const person = await people.find(profileName);
    if (person === undefined || person.disabled) return refuseDisabled(profileName);
    const now = clock();
    const asked = { acting, action, resource: call.resourceArn, now, context };
    const { resource: ofDomain } =
      bucket === undefined ? { resource: [] } : book.bucketPoliciesOf(bucket);
    const set = bucketPolicy === undefined ? [] : [compile(bucketPolicy)];
    const through = endpoint === undefined ? undefined : book.endpointPoliciesOf(endpoint);
    if (endpoint !== undefined && through?.endpoint.length === 0) {
      return refuseWithoutEndpointPolicy(endpoint);
    }
    return toDecision(
      evaluate(toIamRequest(domain(), asked), {
        ...book.policiesOf(acting),
        ...through,
        resource: [...ofDomain, ...set],
      }),
    );
  };
}

/** A policy is asked at every request of its bucket and changes seldom. */
function compileOnce(): (text: string) => CompiledPolicy {
  const compiled = new Map<string, CompiledPolicy>();
  return (text) => {
    const known = compiled.get(text);
    if (known !== undefined) return known;
    if (compiled.size >= keptPolicies) compiled.clear();
    const made = compilePolicy(parseDocument(text), { kind: 'resource', name: 'bucket-policy' });
    compiled.set(text, made);
    return made;
  };
}
