import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import type { Closers } from '../closers.ts';
import type { Domain } from '../config/domain.ts';
import type { People } from '../identity/people.ts';
import { openSecretKey } from '../keys/secret-file.ts';
import { createAuthorizeCall } from '../policies/authorize-endpoint-call.ts';
import { domainArns } from '../policies/domain-arns.ts';
import type { PolicyBook } from '../policies/policy-book.ts';
import type { State } from '../state/database.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { networkAddresses } from './addresses.ts';
import { DomainCa } from './certificates/domain-ca.ts';
import { EndpointCertificates } from './certificates/endpoint-certificates.ts';
import { Credentials } from './credentials/credentials.ts';
import { createEgressGate } from './egress/egress-gate.ts';
import { EgressRequests } from './egress/egress-requests.ts';
import { resolveWith } from './egress/upstream.ts';
import { apiEndpoint } from './endpoints/api/api-endpoint.ts';
import { containerCredentialsSite } from './endpoints/container-credentials.ts';
import { stsEndpoint } from './endpoints/sts/sts-endpoint.ts';
import { tlsSite } from './endpoints/tls-site.ts';
import { FlowFiles } from './flows/flow-files.ts';
import { type FlowQuestion, readFlows } from './flows/read-flows.ts';
import { studioConnectivity } from './studio-connectivity.ts';
import { type NetworkSite, StudioNetworks } from './studio-networks.ts';

export interface ComposeNetworkOptions {
  readonly domain: () => Domain;
  readonly dataFolder: string;
  readonly state: State;
  readonly people: People;
  readonly book: PolicyBook;
  readonly clock: Clock;
  readonly log: StudioLog;
  readonly closers: Closers;
}

const hostBundle = '/etc/ssl/certs/ca-certificates.crt';
const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The network that every studio is in: its resolver, its endpoints, its gate and its log. */
export async function composeNetwork(options: ComposeNetworkOptions) {
  const { domain, dataFolder, state, people, clock, log, closers } = options;
  const { accountId, region, name: domainName } = domain().domain;
  const keys = join(dataFolder, 'keys');
  const flowFolder = join(dataFolder, 'flow-logs');
  const flowLog = await FlowFiles.open({
    ...{ folder: flowFolder, clock, log, place: { accountId, region } },
    retentionDays: domain().logs.retentionDays,
  });
  closers.add(() => flowLog.close());
  const egress = await EgressRequests.open({ state, people, clock, domain });
  closers.add(() => egress.close());
  const { rules } = egress;
  const gate = createEgressGate({
    ...{ rules, flowLog, clock },
    allowedPrivateAddresses: domain().egress.allowedPrivateAddresses,
    resolve: resolveWith(domain().egress.fixedAddresses),
  });
  closers.add(() => gate.close());

  const names = {
    sts: ['sts.amazonaws.com', `sts.${region}.amazonaws.com`],
    api: ['api.strongroom.internal'],
  };
  const ca = await DomainCa.open({
    ...{ folder: keys, domainName, clock },
    permittedNames: ['amazonaws.com', 'strongroom.internal'],
  });
  // No studio runs yet that would still trust it alone.
  await ca.forgetPrevious();
  const certificates = await EndpointCertificates.open({ ca, names, clock, log });
  closers.add(() => certificates.close());
  const runFolder = join(dataFolder, 'run');
  await mkdir(runFolder, { recursive: true, mode: 0o700 });
  const certificateBundle = join(runFolder, 'ca-certificates.crt');
  const writeBundle = async () => {
    const trusted = await ca.trusted();
    await writeFile(certificateBundle, `${await readFile(hostBundle, 'utf8')}${trusted}`);
  };
  await writeBundle();

  const credentials = new Credentials(await openSecretKey(join(keys, 'credentials.key')), clock);
  const arns = () => domainArns(domain());
  const authorizeCall = createAuthorizeCall(options);
  const studioAnswer = async (profileName: ProfileName) => ({
    ...{ profileName, domainName, region, accountId },
    executionRoleArn: arns().executionRole(profileName),
  });
  const egressAnswer = async (profileName: ProfileName) => {
    const person = await people.find(profileName);
    return rules.now({ profileName, team: person?.team ?? '' });
  };
  const site = (service: keyof typeof names, answer: Parameters<typeof tlsSite>[0]['answer']) => ({
    ...{ address: networkAddresses.endpoints[service], port: 443, hostNames: names[service] },
    handle: tlsSite({
      ...{ endpoint: service, hostNames: names[service], answer, flowLog, clock },
      certificate: () => certificates.of(service),
    }),
  });
  const sites: NetworkSite[] = [
    site('sts', stsEndpoint({ credentials, authorizeCall, arns, accountId, clock })),
    site(
      'api',
      apiEndpoint({
        authorizeCall,
        userProfileArn: (profileName) => arns().userProfile(profileName),
        answers: { '/v1/studio': studioAnswer, '/v1/egress': egressAnswer },
      }),
    ),
    {
      ...{ address: networkAddresses.containerCredentials, port: 80, hostNames: [] },
      handle: containerCredentialsSite({
        ...{ credentials, flowLog, clock },
        roleArnOf: (profileName) => arns().executionRole(profileName as ProfileName),
      }),
    },
  ];
  const networks = new StudioNetworks({ sites, gate, rules, flowLog, clock });
  egress.on('changed', () => {
    gate.review();
    void networks.refresh();
  });
  const daily = setInterval(() => {
    flowLog.deleteExpired().catch((error: unknown) => {
      log.error({ err: error }, 'Cannot delete expired flow logs');
    });
  }, dayMilliseconds);
  closers.add(() => clearInterval(daily));

  return {
    egress,
    flows: {
      async *read(question: FlowQuestion) {
        await flowLog.flush();
        yield* readFlows(flowFolder, question);
      },
    },
    connectivity: studioConnectivity({
      ...{ networks, credentials, region, certificateBundle },
      endpointNames: Object.values(names).flat(),
    }),
    /** A new authority; running notebooks trust both until their studio ends. */
    async rotateAuthority(): Promise<void> {
      await ca.rotate();
      await writeBundle();
      await certificates.renew();
    },
  };
}
