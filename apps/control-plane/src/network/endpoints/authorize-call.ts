import type { ProfileName } from '@strongroom/contracts';

/** A call of a studio to one of the endpoints. */
export interface EndpointCall {
  /** Whose studio the connection came from. */
  readonly profileName: ProfileName;
  readonly endpoint: 'sts' | 'api' | 's3' | 'git';
  /** For example `sts:GetCallerIdentity`. */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
}

/** Decides by the execution role's policies and the endpoint's own. */
export type AuthorizeCall = (call: EndpointCall) => Promise<{
  readonly allowed: boolean;
  readonly rule: string;
  readonly sentence: { readonly english: string; readonly korean: string };
}>;
