import { join } from 'node:path';
import { defaultScanRules } from '@strongroom/content-scan';
import type { Domain } from '@strongroom/domain';
import { type HostSetup, inspectHost, openSandboxHost } from '@strongroom/sandbox';
import type { Logger } from 'pino';
import type { AuditLog } from './audit/audit-log.ts';
import { measureLogs } from './audit/log-sizes.ts';
import { TrailReader } from './audit/trail-reader.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Closers } from './closers.ts';
import { composeFoundation, keepHouse, openEvidence, trailFolder } from './compose-foundation.ts';
import { composePortal } from './compose-portal.ts';
import { Compute } from './compute/compute.ts';
import { hostLimits } from './compute/host-limits.ts';
import { openPriceBook } from './compute/prices/price-book.ts';
import type { DomainFile } from './config/domain-file.ts';
import type { Environment } from './config/environment.ts';
import { judgeControls } from './config/judge-controls.ts';
import { createStudioGateway } from './gateway/create-studio-gateway.ts';
import { composeHomes } from './homes/compose-homes.ts';
import { createConsoleApp } from './http/console/console-app.ts';
import { Dispatch } from './http/dispatch.ts';
import { operatorRoutes } from './http/operator/operator-routes.ts';
import { openOperatorSocket } from './http/operator/operator-socket.ts';
import { createViewer } from './http/viewer/create-viewer.ts';
import { composeImageCatalog, composeImages, followImages } from './images/compose-images.ts';
import { composeJobs } from './jobs/compose-jobs.ts';
import { composeMetering } from './metering/compose-metering.ts';
import { networkAddresses } from './network/addresses.ts';
import { bundleName } from './network/certificates/trust-bundle.ts';
import { composeNetwork } from './network/compose-network.ts';
import { TemporaryCredentials } from './network/credentials/temporary-credentials.ts';
import { followEgress } from './network/egress/follow-egress.ts';
import { composeObjects } from './objects/compose-objects.ts';
import { openOuterEndpoint } from './objects/outer-endpoint.ts';

import type { PolicyServices } from './policies/policy-services.ts';
import { Simulator } from './policies/simulate.ts';
import { watchDocuments } from './policies/watch-documents.ts';
import type { ProgramFolders } from './program-folders.ts';
import { composeRepositories } from './repositories/compose-repositories.ts';
import { composeRuntime } from './runtimes/compose-runtime.ts';
import { composeShares } from './shares/compose-shares.ts';
import { NotebookTasksWorker } from './shares/notebooks/notebook-tasks-worker.ts';
import { readInstallationId } from './state/installation.ts';
import { createStudios } from './studios/create-studios.ts';

export interface ComposeOptions {
  readonly environment: Environment;
  readonly programs: ProgramFolders;
  /** Everything opened is added, also where a later step fails. */
  readonly closers: Closers;
  /** One line for the person at the terminal. */
  readonly print: (line: string) => void;
  readonly clock?: Clock;
}

export interface ControlPlane {
  readonly consoleUrl: string;
  readonly log: Logger;
}

/** Builds every part and joins them: the only place that knows them all. */
export async function composeControlPlane(options: ComposeOptions): Promise<ControlPlane> {
  const { environment, programs, closers, print, clock = systemClock } = options;
  const evidence = await openEvidence({ environment, closers, print, clock });
  const { domainFile, domain, log, state, trail, registry, audit } = evidence;
  if (domain.compute.runtime.kind === 'sagemaker') {
    return composePortal({ ...evidence, environment, programs, closers, print, clock });
  }

  const { setup, controls } = await inspectControls({ domainFile, audit, print });
  const foundation = await composeFoundation({ ...evidence, environment, closers, print, clock });
  const { listener, origins, identity, ownDocuments, keys, objectKeys, book, authorize } =
    foundation;
  const { people, events, sessions, administration, accounts } = identity;
  const { currentDomain } = foundation;
  const composedHomes = await composeHomes({
    ...{ domain, setup, controls, keys, audit, clock, log },
  });
  const { homes } = composedHomes;
  closers.add(() => homes.close());
  const sandboxHost = await openSandboxHost({
    setup,
    homesFolder: composedHomes.homesFolder,
    installationId: await readInstallationId(state, clock),
    runFolder: join(domain.dataFolder, 'run', 'sandbox'),
    resolverAddress: networkAddresses.resolver,
    log,
  });
  closers.add(() => sandboxHost.close());
  const credentials = await TemporaryCredentials.open({
    ...{ state, clock, dataFolder: domain.dataFolder },
  });
  const objects = await composeObjects({
    ...{ domain: currentDomain, keys, objectKeys, people, book, credentials, audit },
    ...{ clock, log, closers },
  });
  const composedRepositories = await composeRepositories({
    ...{ domain: currentDomain, state, keys, people, events, book, credentials, sandboxHost },
    ...{
      objects,
      driver: composedHomes.driver,
      consoleUrl: origins.console,
      audit,
      clock,
      log,
      closers,
    },
    host: { hasQuotas: composedHomes.hasQuotas, hasUids: setup.mode === 'root' },
    programs: { node: programs.node, hooks: programs.gitHooks },
  });
  const { connectivity, egress, flows, rotateAuthority, certificates } = await composeNetwork({
    ...{ credentials, furtherEndpoints: [objects.endpoint, composedRepositories.endpoint] },
    ...{ domain: currentDomain, dataFolder: domain.dataFolder, state, people, book, audit },
    ...{ events, clock, log, closers },
  });
  await followEgress({ egress, events, audit, log });
  const composedImages = await composeImages({
    ...{ domain: currentDomain, state, sandboxHost, authorize, audit, clock, log, closers },
    programs,
    hasUids: setup.mode === 'root',
  });
  const prices = await openPriceBook(currentDomain);
  const { runtime, gpus } = await composeRuntime({
    ...{ domain, setup, certificates, programs, log, closers },
    homesFolder: composedHomes.homesFolder,
  });
  const metering = await composeMetering({
    ...{ domain: currentDomain, state, people, prices, audit, clock, log, closers, registry },
  });
  const studios = await createStudios({
    ...{ connectivity, homes, audit, gpus, runtime, images: composedImages.offers },
    ...{ observer: metering.observer, lastAliveAt: metering.lastAliveAt },
    requireMeans: (profileName, kernel) => metering.budgets.requireMeans(profileName, kernel),
    ...{ state, sandboxHost, domain, people, events, authorize, origins, clock, log, programs },
    hostMode: setup.mode,
    dataFolder: domain.dataFolder,
  });
  closers.add(() => studios.close());
  // Only now: making studios ends every sandbox that an earlier run had left.
  followImages(composedImages, { clock, log });
  const images = composeImageCatalog({
    ...{ composed: composedImages, domainFile, studios, sandboxHost, programs, audit },
  });
  const compute = new Compute({
    ...{ domain: currentDomain, studios, gpus, images: composedImages.offers, prices },
    idleWatch: metering.follow({ studios, gpus }),
    host: hostLimits(controls),
  });
  const sharing = await composeShares({
    ...{ domain: currentDomain, state, keys, people, events, book, audit, origins, clock, log },
    ...{ closers, storage: objects.access, defaultRules: defaultScanRules },
    tasks: new NotebookTasksWorker({ program: programs.notebookWorker, log }),
  });
  const jobs = await composeJobs({
    ...{ domain: currentDomain, state, keys, people, events, authorize, audit, studios },
    ...{ images: composedImages.offers, storage: objects.access, clock, log, closers },
  });
  const gateway = await createStudioGateway({
    ...{ state, domain, people, events, sessions, authorize, origins, clock, log, studios },
    ...{ storage: objects.access, sharing, audit, compute },
    ...{ costs: metering.costs, jobs: jobs.access },
    egressNow: (owner) => egress.rules.now(owner),
    domainName: domain.domain.name,
    labFolder: programs.lab,
  });
  closers.add(() => gateway.close());

  const simulator = new Simulator({ domain: currentDomain, people, book, authorize, clock });
  const policies: PolicyServices = {
    ...{ book, problems: () => ownDocuments.problems() },
    warnings: () => ownDocuments.warnings(),
  };
  const startedAt = clock();
  const logFolders = { 'audit-trail': trailFolder(domain), 'flow-log': flowFolder(domain) };
  const logSizes = () => measureLogs(logFolders, domain.logs.retentionDays);
  const services = {
    ...{ accounts, administration, people, studios, audit, authorize, controls },
    ...{ policies, simulator, egress, flows, compute, metering },
    ...{ storage: objects, keys, clock, repositories: composedRepositories },
    images: images.catalog,
    jobs: jobs.access,
    shares: { ...sharing, copies: sharing.copiesInto(studios) },
    trail: new TrailReader(trailFolder(domain), clock),
    logSizes,
  };
  const consoleApp = await createConsoleApp({
    services: { ...services, domain: currentDomain },
    ...{ sessions, events, clock, log, origin: origins.console, staticFolder: programs.console },
    viewerOrigin: origins.viewer,
  });
  closers.add(() => consoleApp.close());

  // Only now: a change while the rest is built is noticed at the first look.
  watchDocuments({
    ownDocuments,
    audit,
    log,
    reviewed: [gateway, studios, consoleApp, composedRepositories],
  });
  const { listen: outerListen } = domain.objects;
  const outer =
    outerListen === undefined
      ? undefined
      : await openOuterEndpoint({
          // Where any free port is asked for, none of the two is to be in somebody's way.
          listen: environment.port === 0 ? { ...outerListen, port: 0 } : outerListen,
          service: objects.service,
          certificate: certificates.forEndpoint(['localhost']),
        });
  if (outer !== undefined) closers.add(() => outer.close());
  if (outer !== undefined) print(`S3 for tools on this machine: ${outer.url}`);
  const operatorSocket = await openOperatorSocket({
    ...{ dataFolder: domain.dataFolder, log },
    routes: operatorRoutes({
      ...{ administration, people, audit, policies, simulator, rotateAuthority, keys, studios },
      images: images.administration,
      jobs: jobs.jobs,
      storage: {
        ...{ people, credentials, audit, region: domain.domain.region },
        outerUrl: outer?.url,
        trustBundlePath: join(certificates.trustFolder, bundleName),
        scrub: objects.scrub,
      },
      snapshots: composedHomes.snapshots(sandboxHost),
      metrics: metering.metrics,
      auditStatus: async () => ({ last: trail.last, sizes: await logSizes() }),
      status: async () => ({
        processId: process.pid,
        consoleUrl: origins.console,
        startedAt: startedAt.toISOString(),
        profileCount: (await people.list()).length,
        runningAppCount: (await studios.apps()).filter(({ endedAt }) => endedAt === null).length,
      }),
    }),
  });
  closers.add(() => operatorSocket.close());
  keepHouse({ trail, sessions, retentionDays: domain.logs.retentionDays, log, closers });
  // The last to be added is the first to be called.
  closers.add(() => studios.beginClosing());

  const handleConsole = consoleApp.handle;
  const onRefused = (refusal: object) => log.info(refusal, 'Request to no host of ours');
  const handleViewer = createViewer({ origins, staticFolder: programs.viewer });
  const handleGit: typeof handleConsole = (request, response) =>
    void composedRepositories.outside.handle(request, response);
  const handlers = { handleConsole, handleViewer, handleGit };
  listener.serve(new Dispatch({ origins, ...handlers, gateway, onRefused }));
  log.info({ consoleUrl: origins.console }, 'Ready');
  return { consoleUrl: origins.console, log };
}

/** @throws {StartError} `ControlsNotEnforced`, where the machine lacks one that the domain file does not accept */
async function inspectControls(options: {
  domainFile: DomainFile;
  audit: AuditLog;
  print: (line: string) => void;
}) {
  const { domainFile, audit, print } = options;
  const { acceptUnenforced } = domainFile.domain;
  const inspection = await inspectHost();
  const fileName = domainFile.path;
  const { studios, repositories } = domainFile.domain;
  const hasQuota = (studios.homeQuotaGibibytes ?? repositories.quotaBytes) !== undefined;
  const ignored = hasQuota ? [] : ['home-quota'];
  const judged = judgeControls(inspection.controls, { acceptUnenforced, ignored, fileName });
  const [unknownName] = judged.unknownNames;
  if (unknownName !== undefined) {
    const names = judged.controls.map(({ control }) => control).join(', ');
    throw domainFile.refuseAcceptedControl(unknownName, `controls are ${names}`);
  }
  const accepted = judged.controls.filter(({ accepted: isAccepted }) => isAccepted);
  for (const { control, detail } of accepted)
    print(`Accepted: ${control} does not hold. ${detail}`);
  await audit.controlsInspected(accepted.map(({ control }) => control));
  return { setup: requireSetup(inspection.setup), controls: judged.controls };
}

function requireSetup(setup: HostSetup | undefined): HostSetup {
  if (setup !== undefined) return setup;
  throw new Error('Cannot start: no sandbox can run on this machine; strongroom doctor says why');
}

function flowFolder({ dataFolder }: Domain): string {
  return join(dataFolder, 'flow-logs');
}
