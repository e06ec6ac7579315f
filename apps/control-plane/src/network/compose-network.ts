import { join } from 'node:path';
import type { Domain } from '@strongroom/domain';
import { type DomainArns, domainArns } from '@strongroom/domain';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Closers } from '../closers.ts';
import type { IdentityEvents } from '../identity/identity-events.ts';
import type { People } from '../identity/people.ts';
import { createAuthorizeCall } from '../policies/authorize-endpoint-call.ts';
import type { PolicyBook } from '../policies/policy-book.ts';
import type { State } from '../state/database.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { networkAddresses } from './addresses.ts';
import { DomainCertificates } from './certificates/domain-certificates.ts';
import { ContainerCredentials } from './credentials/container-credentials.ts';
import type { TemporaryCredentials } from './credentials/temporary-credentials.ts';
import { createEgressGate } from './egress/egress-gate.ts';
import { EgressRequests } from './egress/egress-requests.ts';
import { resolveWith } from './egress/resolve-name.ts';
import { apiEndpoint } from './endpoints/api/api-endpoint.ts';
import type { Endpoint } from './endpoints/endpoint.ts';
import { stsEndpoint } from './endpoints/sts/sts-endpoint.ts';
import { createTlsEndpoints } from './endpoints/tls-endpoints.ts';
import { FlowFiles } from './flows/flow-files.ts';
import { type FlowQuestion, type Flows, readFlows } from './flows/read-flows.ts';
import { SummarisedFlows } from './flows/summarised-flows.ts';
import type { NetworkParts } from './network-parts.ts';
import { studioConnectivity } from './studio-connectivity.ts';
import { type NetworkSite, StudioNetworks } from './studio-networks.ts';

export interface ComposeNetworkOptions {
  readonly domain: () => Domain;
  readonly dataFolder: string;
  readonly state: State;
  readonly people: People;
  readonly events: IdentityEvents;
  readonly book: PolicyBook;
  readonly credentials: TemporaryCredentials;
  /** Beside those of the network itself. */
  readonly furtherEndpoints: readonly Endpoint[];
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: StudioLog;
  readonly closers: Closers;
  readonly parts?: NetworkParts;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The network that every studio is in: its resolver, its endpoints, its gate and its log. */
export async function composeNetwork(options: ComposeNetworkOptions) {
  const { domain, dataFolder, state, people, events, clock, log, closers, parts = {} } = options;
  const { credentials, furtherEndpoints } = options;
  const { accountId, region, name: domainName } = domain().domain;
  const flowFolder = join(dataFolder, 'flow-logs');
  const flowFiles = await FlowFiles.open({
    ...{ folder: flowFolder, clock, log, place: { accountId, region } },
    retentionDays: domain().logs.retentionDays,
  });
  closers.add(() => flowFiles.close());
  const flowLog = new SummarisedFlows({ flowLog: flowFiles, clock });
  closers.add(() => flowLog.close());
  const egress = await EgressRequests.open({ state, people, clock, domain });
  closers.add(() => egress.close());
  const rules = parts.rules?.(egress.rules) ?? egress.rules;
  const gate = createEgressGate({
    ...{ rules, flowLog, clock },
    allowedPrivateAddresses: domain().egress.allowedPrivateAddresses,
    resolve: resolveWith(domain().egress.fixedAddresses),
    ...(parts.gate === undefined ? {} : { parts: parts.gate }),
  });
  closers.add(() => gate.close());

  const certificates = await DomainCertificates.open({
    ...{ dataFolder, domainName, clock, log },
    countStudiosStartedUntil: async (moment) => connectivity.countOpenedUntil(moment),
  });
  closers.add(() => certificates.close());
  const arns: Pick<DomainArns, 'executionRole' | 'executionRoleSession' | 'userProfile'> = {
    executionRole: (profileName) => domainArns(domain()).executionRole(profileName),
    executionRoleSession: (profileName) => domainArns(domain()).executionRoleSession(profileName),
    userProfile: (profileName) => domainArns(domain()).userProfile(profileName),
  };
  const container = new ContainerCredentials({
    ...{ credentials, events, flowLog, clock, log },
    executionRoleArn: arns.executionRole,
  });
  closers.add(() => container.close());
  const authorizeCall = parts.authorizeCall ?? createAuthorizeCall(options);
  const endpoints = [
    stsEndpoint({
      ...{ region, accountId, arns, authorizeCall, clock },
      credentials: parts.credentials?.(credentials) ?? credentials,
    }),
    apiEndpoint({
      domainName,
      arns,
      authorizeCall,
      describeEgress: (studio) => egress.rules.now(studio),
    }),
    ...furtherEndpoints,
  ];
  const tls = createTlsEndpoints({ endpoints, certificates, flowLog, clock, log });
  closers.add(() => tls.close());
  const sites: NetworkSite[] = [
    ...endpoints.map((endpoint) => ({
      ...{ address: endpoint.address, port: 443, hostNames: endpoint.hostNames },
      handle: tls.handlerOf(endpoint),
    })),
    {
      ...{ address: networkAddresses.containerCredentials, port: 80, hostNames: [] },
      handle: container.handle,
    },
  ];
  const networks = new StudioNetworks({ sites, gate, rules, flowLog, clock, ...parts.networks });
  const connectivity = studioConnectivity({
    ...{ networks, container, region, clock, trustFolder: certificates.trustFolder },
    endpointNames: endpoints.flatMap(({ hostNames }) => hostNames),
  });
  egress.on('changed', () => {
    gate.review();
    void networks.refresh();
  });
  const daily = setInterval(() => {
    flowFiles.deleteExpired().catch((error: unknown) => {
      log.error({ err: error }, 'Cannot delete expired flow logs');
    });
  }, dayMilliseconds);
  closers.add(() => clearInterval(daily));

  return {
    egress,
    flows: {
      async *read(question: FlowQuestion): Flows {
        flowLog.writeSummaries();
        await flowLog.flush();
        return yield* readFlows(flowFolder, question);
      },
    },
    connectivity,
    certificates,
    rotateAuthority: (how: { immediately: boolean }) => certificates.rotate(how),
  };
}
