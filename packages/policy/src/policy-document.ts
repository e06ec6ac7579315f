/** An IAM policy document as it is written (IAM User Guide, "Grammar of the IAM JSON policy language"). */
export interface PolicyDocument {
  readonly Version?: '2012-10-17' | '2008-10-17';
  readonly Id?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: OneOrMore<string>;
  readonly NotAction?: OneOrMore<string>;
  readonly Resource?: OneOrMore<string>;
  readonly NotResource?: OneOrMore<string>;
  /** By operator, then by condition key. */
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, OneOrMore<ConditionValue>>>>
  >;
}

export type PrincipalElement = '*' | Readonly<Partial<Record<PrincipalKind, OneOrMore<string>>>>;
export type PrincipalKind = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
export type ConditionValue = string | number | boolean;
export type OneOrMore<Value> = Value | readonly Value[];

/** What a document is attached to; decides which elements it must and must not have. */
export type PolicyKind =
  | 'identity'
  | 'resource'
  | 'endpoint'
  | 'session'
  | 'boundary'
  | 'service-control';
