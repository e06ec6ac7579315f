import type { EgressGateParts } from './egress/egress-gate.ts';
import type { EgressRules } from './egress/egress-rules.ts';
import type { AuthorizeCall } from './endpoints/authorize-call.ts';
import type { StsEndpointOptions } from './endpoints/sts/sts-endpoint.ts';
import type { StudioNetworksOptions } from './studio-networks.ts';

/**
 * Controls of the network that a test replaces by weaker ones, to show that the attack which each
 * stops then succeeds: a test that could not fail would prove nothing. The product replaces none.
 */
export interface NetworkParts {
  readonly gate?: EgressGateParts;
  readonly networks?: Pick<StudioNetworksOptions, 'maximumConnectionCount' | 'dnsRate'>;
  /** In the eyes of the resolver, the gate and the listeners. */
  readonly rules?: (rules: EgressRules) => EgressRules;
  readonly credentials?: (
    real: StsEndpointOptions['credentials'],
  ) => StsEndpointOptions['credentials'];
  readonly authorizeCall?: AuthorizeCall;
}
