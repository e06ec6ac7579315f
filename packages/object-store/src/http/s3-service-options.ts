import type { CredentialProblem, FoundCredentials } from '../signatures/verify-signature.ts';
import type { ObjectStore } from '../store/object-store.ts';

/** How a request came in, as the host knows it; nothing in the request itself can change it. */
export interface S3Connection {
  readonly secureTransport: boolean;
  /** The endpoint of the studio's network, as `aws:SourceVpce` names it. */
  readonly sourceVpce?: string;
  readonly sourceIp?: string;
  /** Such as `1.3`. */
  readonly tlsVersion?: string;
  /** It never leaves this machine, so that a body need be neither hashed nor encrypted on its way. */
  readonly isLoopback?: boolean;
  /** The host's own: handed to `authenticate` and `authorize` as it is. */
  readonly who?: unknown;
}

export interface S3Principal {
  readonly arn: string;
  readonly account: string;
}

export type ConditionValues = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

export interface AuthorizationQuestion<Principal extends S3Principal> {
  readonly principal: Principal;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  readonly bucket?: string;
  readonly resourceArn: string;
  /** The request's condition keys; what the request lacks is not there. */
  readonly context: ConditionValues;
  /** The text of the bucket's policy. */
  readonly bucketPolicy?: string;
  readonly connection: S3Connection;
}

export interface AuthorizationVerdict {
  readonly allowed: boolean;
  /** For the person who is refused. */
  readonly sentence: string;
  /** For the log. */
  readonly rule: string;
}

export type BucketPolicyVerdict =
  | { readonly problem: string }
  | { readonly problem?: undefined; readonly isPublic: boolean };

export interface S3LogLine {
  readonly requestId: string;
  /** `undefined` where the request names none. */
  readonly operation: string | undefined;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly principalArn: string | undefined;
  readonly sourceVpce: string | undefined;
  readonly status: number;
  /** S3's code of a refusal. */
  readonly code: string | undefined;
  /** Which policy refused. */
  readonly rule: string | undefined;
  /** What an `InternalError` was, or what cut an answer short. */
  readonly cause: unknown;
  readonly durationMilliseconds: number;
  readonly sentBytes: number;
}

export interface S3ServiceOptions<Principal extends S3Principal = S3Principal> {
  readonly store: ObjectStore;
  readonly region: string;
  readonly accountId: string;
  /** Without ports. `<bucket>.` before one of them names a bucket. */
  readonly hostNames: readonly string[];
  readonly clock: () => Date;
  readonly authenticate: (asked: {
    readonly accessKeyId: string;
    readonly sessionToken: string | undefined;
    readonly connection: S3Connection;
  }) => Promise<FoundCredentials<Principal> | CredentialProblem>;
  readonly authorize: (question: AuthorizationQuestion<Principal>) => Promise<AuthorizationVerdict>;
  /** The ARN of the key that an id, alias or ARN names; `undefined` where there is none. */
  readonly resolveKeyArn: (reference: string) => Promise<string | undefined>;
  /** Asked before a bucket policy is kept. */
  readonly checkBucketPolicy: (asked: {
    readonly policy: string;
    readonly bucket: string;
  }) => Promise<BucketPolicyVerdict>;
  /** Whether any policy may ask for `s3:ExistingObjectTag`, the bucket's among them: then tags are read before a decision. Default: always. */
  readonly asksForExistingTags?: (bucketPolicy: string | undefined) => boolean;
  readonly log: (line: S3LogLine) => void;
  /** A connection on which nothing moves for this long is cut. */
  readonly idleMilliseconds?: number;
}
