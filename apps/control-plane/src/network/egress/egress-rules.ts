import type { StudioOnNetwork } from '../studio-connection.ts';

type Asking = Pick<StudioOnNetwork, 'profileName' | 'team'>;

export interface EgressDecision {
  readonly allowed: boolean;
  /** `egress/off`, `egress/open` or `egress/allow-list/<name of the list or request>` */
  readonly rule: string;
  /** Why, for the person whose program was refused; names the rule. */
  readonly sentence: { readonly english: string; readonly korean: string };
}

/** What may be reached outside, decided at the moment it is asked: nothing is remembered. */
export interface EgressRules {
  /** `name`: lower case, without a final dot. */
  decide(studio: Asking, destination: { name: string; port: number }): EgressDecision;
  /** Whether the name may be reached on some port, so that it has an address. */
  mayResolve(studio: Asking, name: string): EgressDecision;
  /** The ports on which this studio may reach something outside, besides 80 and 443. */
  ports(studio: Asking): readonly number[];
}
