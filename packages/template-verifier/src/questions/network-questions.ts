import { allowListNamesExact } from './network/allow-list-names-exact.ts';
import { defaultGroupClosed } from './network/default-group-closed.ts';
import { endpointPrivateDns } from './network/endpoint-private-dns.ts';
import { endpointsAdmitOnlyStudios } from './network/endpoints-admit-only-studios.ts';
import { firewallDropsByDefault } from './network/firewall-drops-by-default.ts';
import { flowLogs } from './network/flow-logs.ts';
import { flowLogsEncrypted } from './network/flow-logs-encrypted.ts';
import { groupsLetNobodyIn } from './network/groups-let-nobody-in.ts';
import { groupsLetNothingOut } from './network/groups-let-nothing-out.ts';
import { homesReachable } from './network/homes-reachable.ts';
import { interfaceEndpointPolicies } from './network/interface-endpoint-policies.ts';
import { kernelsReachStudio } from './network/kernels-reach-studio.ts';
import { networkAclsClosed } from './network/network-acls-closed.ts';
import { noPathToInternet } from './network/no-path-to-internet.ts';
import { s3EndpointPolicy } from './network/s3-endpoint-policy.ts';
import { studioEndpointsPresent } from './network/studio-endpoints-present.ts';
import { subnetsGiveNoPublicAddresses } from './network/subnets-give-no-public-addresses.ts';
import type { Question } from './question.ts';

export const networkQuestions: readonly Question[] = [
  allowListNamesExact,
  defaultGroupClosed,
  endpointPrivateDns,
  endpointsAdmitOnlyStudios,
  firewallDropsByDefault,
  flowLogsEncrypted,
  flowLogs,
  groupsLetNobodyIn,
  groupsLetNothingOut,
  homesReachable,
  interfaceEndpointPolicies,
  kernelsReachStudio,
  networkAclsClosed,
  noPathToInternet,
  s3EndpointPolicy,
  studioEndpointsPresent,
  subnetsGiveNoPublicAddresses,
];
