import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultScanRules } from '@strongroom/content-scan';
import type { Domain } from '@strongroom/domain';
import { measureLogs } from './audit/log-sizes.ts';
import { TrailReader } from './audit/trail-reader.ts';
import type { ControlPlane } from './compose.ts';
import {
  composeFoundation,
  type Evidence,
  type Foundation,
  type FoundationOptions,
  keepHouse,
  trailFolder,
} from './compose-foundation.ts';
import { openPriceBook } from './compute/prices/price-book.ts';
import { createConsoleApp } from './http/console/console-app.ts';
import { Dispatch } from './http/dispatch.ts';
import { openOperatorSocket } from './http/operator/operator-socket.ts';
import { portalOperatorRoutes } from './http/operator/portal-operator-routes.ts';
import { createViewer } from './http/viewer/create-viewer.ts';
import type { IdentityEvents } from './identity/identity-events.ts';
import { TemporaryCredentials } from './network/credentials/temporary-credentials.ts';
import { composeObjects } from './objects/compose-objects.ts';
import { Simulator } from './policies/simulate.ts';
import { watchDocuments } from './policies/watch-documents.ts';
import type { ProgramFolders } from './program-folders.ts';
import { composeSageMaker } from './runtimes/sagemaker/compose-sage-maker.ts';
import type { SageMakerPortal } from './runtimes/sagemaker/sage-maker-portal.ts';
import { composeShares } from './shares/compose-shares.ts';
import { NotebookTasksWorker } from './shares/notebooks/notebook-tasks-worker.ts';

type PortalOptions = FoundationOptions & Evidence & { readonly programs: ProgramFolders };

/**
 * The console before a SageMaker domain: it starts no sandbox, mounts no home and needs no right on this
 * machine. Everything that only a studio on this machine has (network, homes, Git, Lab) is left out.
 */
export async function composePortal(options: PortalOptions): Promise<ControlPlane> {
  const { domain, log, state, audit, clock, closers, programs, trail } = options;
  const foundation = await composeFoundation(options);
  const { origins, identity, currentDomain, keys, objectKeys, book, authorize } = foundation;
  const { people, events, sessions, administration, accounts } = identity;
  const credentials = await TemporaryCredentials.open({
    ...{ state, clock, dataFolder: domain.dataFolder },
  });
  const objects = await composeObjects({
    ...{ domain: currentDomain, keys, objectKeys, people, book, credentials, audit },
    ...{ clock, log, closers, areDeployed: true },
  });
  const prices = await openPriceBook(currentDomain);
  const { portal, metering } = await composeSageMaker({
    ...options,
    ...{ domain: currentDomain, people, authorize, prices },
  });
  followPeople(events, portal, options);
  const sharing = await composeShares({
    ...{ domain: currentDomain, state, keys, people, events, book, audit, origins, clock, log },
    ...{ closers, storage: objects.access, defaultRules: defaultScanRules },
    tasks: new NotebookTasksWorker({ program: programs.notebookWorker, log }),
  });
  const { ownDocuments } = foundation;
  const policies = {
    ...{ book, problems: () => ownDocuments.problems() },
    warnings: () => ownDocuments.warnings(),
  };
  const simulator = new Simulator({ domain: currentDomain, people, book, authorize, clock });
  // Of an earlier time with studios on this machine; it stays readable until it expires.
  await mkdir(flowFolder(domain), { recursive: true, mode: 0o700 });
  const logSizes = () =>
    measureLogs(
      { 'audit-trail': trailFolder(domain), 'flow-log': flowFolder(domain) },
      domain.logs.retentionDays,
    );
  const consoleApp = await createConsoleApp({
    services: {
      ...{ accounts, administration, people, audit, authorize, policies, simulator, metering },
      ...{ storage: objects, keys, clock, logSizes, prices, controls: [] },
      ...{ domain: currentDomain, studios: portal, shares: sharing },
      trail: new TrailReader(trailFolder(domain), clock),
    },
    ...{ sessions, events, clock, log, origin: origins.console, staticFolder: programs.console },
    viewerOrigin: origins.viewer,
  });
  closers.add(() => consoleApp.close());
  watchDocuments({ ownDocuments, audit, log, reviewed: [consoleApp] });
  const startedAt = clock().toISOString();
  const operatorSocket = await openOperatorSocket({
    ...{ dataFolder: domain.dataFolder, log },
    routes: portalOperatorRoutes({
      ...{ administration, people, audit, policies, simulator, keys, portal },
      metrics: metering.metrics,
      auditStatus: async () => ({ last: trail.last, sizes: await logSizes() }),
      status: async () => ({
        ...{ processId: process.pid, consoleUrl: origins.console, startedAt },
        profileCount: (await people.list()).length,
        runningAppCount: metering.runningCount(),
      }),
    }),
  });
  closers.add(() => operatorSocket.close());
  keepHouse({ trail, sessions, retentionDays: domain.logs.retentionDays, log, closers });
  serve(foundation, options, consoleApp.handle);
  return { consoleUrl: origins.console, log };
}

/** Whoever is disabled or removed costs nothing from then on. */
function followPeople(
  events: IdentityEvents,
  portal: Pick<SageMakerPortal, 'stopAll'>,
  { audit, log }: Pick<PortalOptions, 'audit' | 'log'>,
): void {
  const stopAll = ({
    profileName,
  }: {
    readonly profileName: Parameters<typeof portal.stopAll>[0];
  }) =>
    audit.spaces
      .stopped(profileName)
      .then(() => portal.stopAll(profileName))
      .catch((error: unknown) => {
        log.error({ profileName, err: error }, "Cannot stop a person's apps on SageMaker");
      });
  events.on('disabled', (event) => void stopAll(event));
  events.on('removed', (event) => void stopAll(event));
}

function serve(
  { listener, origins }: Foundation,
  { log, programs }: PortalOptions,
  handleConsole: ConstructorParameters<typeof Dispatch>[0]['handleConsole'],
): void {
  const handleViewer = createViewer({ origins, staticFolder: programs.viewer });
  const onRefused = (refusal: object) => log.info(refusal, 'Request to no host of ours');
  listener.serve(new Dispatch({ origins, handleConsole, handleViewer, onRefused }));
  log.info({ consoleUrl: origins.console, runtime: 'sagemaker' }, 'Ready');
}

function flowFolder({ dataFolder }: Domain): string {
  return join(dataFolder, 'flow-logs');
}
