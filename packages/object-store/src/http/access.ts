import { S3Error } from '../s3-error.ts';
import type { BucketInfo } from '../store/bucket-settings.ts';
import { type Permission, resourceArn } from './permission.ts';
import type {
  AuthorizationQuestion,
  AuthorizationVerdict,
  ConditionValues,
  S3Principal,
  S3ServiceOptions,
} from './s3-service-options.ts';

/** Refused by a policy; which one is for the log. */
export class RefusedByPolicyError extends S3Error {
  readonly rule: string;

  constructor({ sentence, rule }: Pick<AuthorizationVerdict, 'sentence' | 'rule'>) {
    super('AccessDenied', sentence);
    this.rule = rule;
  }
}

export interface Access {
  readonly ask: (permission: Permission) => Promise<AuthorizationVerdict>;
  /** @throws {RefusedByPolicyError} unless every one is given */
  readonly require: (permissions: readonly Permission[]) => Promise<void>;
}

/** Asks the host's policies, each time with the policy of the bucket that it is about. */
export function createAccess<Principal extends S3Principal>(options: {
  readonly authorize: S3ServiceOptions<Principal>['authorize'];
  readonly principal: Principal;
  readonly connection: AuthorizationQuestion<Principal>['connection'];
  readonly conditions: ConditionValues;
  readonly bucketInfo: (bucket: string) => Promise<BucketInfo>;
}): Access {
  const { authorize, principal, connection, conditions, bucketInfo } = options;

  async function ask(permission: Permission): Promise<AuthorizationVerdict> {
    const { bucket, action, isWithoutBucketPolicy = false } = permission;
    const needsPolicy = bucket !== undefined && !isWithoutBucketPolicy;
    const bucketPolicy = needsPolicy ? (await bucketInfo(bucket)).settings.policy : undefined;
    return authorize({
      ...{ principal, action: `s3:${action}`, resourceArn: resourceArn(permission), connection },
      context: { ...conditions, ...permission.context },
      ...(bucket === undefined ? {} : { bucket }),
      ...(bucketPolicy === undefined ? {} : { bucketPolicy }),
    });
  }

  async function require(permissions: readonly Permission[]): Promise<void> {
    for (const permission of permissions) {
      const verdict = await ask(permission);
      if (!verdict.allowed) throw new RefusedByPolicyError(verdict);
    }
  }

  return { ask, require };
}
