/** Who asks. AWS: "AWS JSON policy elements: Principal". */
export type Principal =
  | IamUser
  | IamRole
  | AssumedRoleSession
  | FederatedUserSession
  | ServicePrincipal
  | FederatedIdentity
  | AnonymousPrincipal;

export interface IamUser {
  readonly kind: 'user';
  readonly arn: string;
  readonly account: string;
}

/** A role itself, for the question what its sessions may do without session policies. */
export interface IamRole {
  readonly kind: 'role';
  readonly arn: string;
  readonly account: string;
}

export interface AssumedRoleSession {
  readonly kind: 'assumed-role';
  /** `arn:aws:sts::<account>:assumed-role/<role name>/<session name>` */
  readonly arn: string;
  readonly account: string;
  /** With the role's path, which the session's ARN does not have. */
  readonly roleArn: string;
  readonly sessionName: string;
}

/** Made by GetFederationToken; without session policies it may do nothing. */
export interface FederatedUserSession {
  readonly kind: 'federated-user';
  /** `arn:aws:sts::<account>:federated-user/<name>` */
  readonly arn: string;
  readonly account: string;
  readonly userArn: string;
}

export interface ServicePrincipal {
  readonly kind: 'service';
  /** Such as `sagemaker.amazonaws.com`. */
  readonly service: string;
}

/** Someone an identity provider vouches for, before a role is assumed. */
export interface FederatedIdentity {
  readonly kind: 'federated';
  /** The provider's ARN or domain. */
  readonly provider: string;
}

export interface AnonymousPrincipal {
  readonly kind: 'anonymous';
}

export type ContextScalar = string | number | boolean | Date;
export type ContextValue = ContextScalar | readonly ContextScalar[];
/** Keys are not case-sensitive. A list makes a key multivalued, even with one value in it. */
export type ContextInput =
  | ReadonlyMap<string, ContextValue | undefined>
  | Readonly<Record<string, ContextValue | undefined>>;

export interface AccessRequest {
  readonly principal: Principal;
  /** Such as `sagemaker:CreatePresignedDomainUrl`. */
  readonly action: string;
  readonly resource: {
    /** `*` for an action that works on no resource in particular. */
    readonly arn: string;
    /** The account that owns it. Explicit, because an ARN such as a bucket's does not say. */
    readonly account: string;
  };
  readonly context?: ContextInput;
  /**
   * True for KMS keys and role trust: an identity policy alone does not suffice there, the
   * resource's policy must name the principal or hand the decision to the account.
   */
  readonly resourcePolicyRequired?: boolean;
}

export type AccountPrincipal = Extract<Principal, { readonly account: string }>;

/** IAM users, roles and their sessions; the others have no account and no identity policies. */
export function hasAccount(principal: Principal): principal is AccountPrincipal {
  return 'account' in principal;
}
