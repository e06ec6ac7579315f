import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { AuditTrail } from '@strongroom/audit-trail';
import type { ProfileName } from '@strongroom/contracts';
import type { Domain, RenderedPolicy } from '@strongroom/domain';
import { pino } from 'pino';
import { AuditLog } from '../../audit/audit-log.ts';
import { measureLogs } from '../../audit/log-sizes.ts';
import { TrailReader } from '../../audit/trail-reader.ts';
import { Closers } from '../../closers.ts';
import { PriceBook } from '../../compute/prices/price-book.ts';
import { shippedPriceTable } from '../../compute/prices/price-table.ts';
import { computeFor } from '../../compute/testing/compute-for.ts';
import { DomainFile } from '../../config/domain-file.ts';
import { composeIdentity } from '../../identity/compose-identity.ts';
import { catalogFor } from '../../images/testing/ready-images.ts';
import { openTestJobs } from '../../jobs/testing/open-test-jobs.ts';
import { composeMetering } from '../../metering/compose-metering.ts';
import { EgressRequests } from '../../network/egress/egress-requests.ts';
import { followEgress } from '../../network/egress/follow-egress.ts';
import { readFlows } from '../../network/flows/read-flows.ts';
import { openTestStorage } from '../../objects/testing/test-storage.ts';
import { createAuthorize } from '../../policies/authorize.ts';
import { PolicyBook } from '../../policies/policy-book.ts';
import { Simulator } from '../../policies/simulate.ts';
import { testResources } from '../../policies/testing/test-resources.ts';
import { openTestRepositories } from '../../repositories/testing/test-repositories.ts';
import { openTestSharing } from '../../shares/testing/open-test-sharing.ts';
import { openState } from '../../state/database.ts';
import { createConsoleApp } from '../console/console-app.ts';
import { sessionCookieName } from '../console/session-cookie.ts';
import { Dispatch } from '../dispatch.ts';
import { listen } from '../listen.ts';
import { Origins } from '../origins.ts';
import { createViewer } from '../viewer/create-viewer.ts';
import { writeViewer } from '../viewer/testing/write-viewer.ts';
import { BrowserDouble } from './browser-double.ts';
import { StudiosDouble } from './studios-double.ts';

/**
 * The console on a real port, with a real domain file, database, passwords and HTTP server. Only
 * the studios are a double, and the clock goes where a test puts it.
 */
export type RunningConsole = Awaited<ReturnType<typeof runConsole>>;

export async function runConsole(
  options: { readonly repositoriesVolume?: 'gocryptfs' | 'plain' } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-console-'));
  const staticFolder = join(folder, 'static');
  await mkdir(join(staticFolder, 'assets'), { recursive: true });
  await writeFile(join(staticFolder, 'index.html'), '<!doctype html><title>Strongroom</title>');
  await writeFile(join(staticFolder, 'assets/main-1a2b.js'), 'export {};');
  await writeFile(join(staticFolder, 'assets/main-1a2b.js.br'), 'brotli');

  const viewerFolder = join(folder, 'viewer');
  await writeViewer(viewerFolder);

  const time = { now: new Date('2026-01-01T00:00:00Z') };
  const clock = () => time.now;
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, collectInto(logged));
  const auditFolder = join(folder, 'audit');
  const trail = await AuditTrail.open({ folder: auditFolder, key: Buffer.alloc(32), now: clock });
  const audit = new AuditLog(trail, log, clock);
  const domainFile = await DomainFile.open(join(folder, 'strongroom.yaml'));
  const state = await openState(join(folder, 'state.sqlite'));
  const identity = composeIdentity({ domainFile, state, clock, audit });
  const { administration, accounts, people, sessions, events } = identity;
  const created = await administration.adoptDomainFile();
  const studios = new StudiosDouble();
  const currentDomain = () => domainFile.domain;
  const own: { policies: readonly RenderedPolicy[] } = { policies: [] };
  const book = new PolicyBook(currentDomain, () => own.policies, testResources);
  const authorize = createAuthorize({ domain: currentDomain, book, clock });
  const egress = await EgressRequests.open({ state, people, clock, domain: currentDomain });
  await followEgress({ egress, events, audit, log });
  const flowFolder = join(folder, 'flow-logs');
  await mkdir(flowFolder);
  const policyServices = {
    policies: { book, problems: () => [], warnings: () => [] },
    simulator: new Simulator({ domain: currentDomain, people, book, authorize, clock }),
  };

  const storage = await openTestStorage({
    ...{ domain: currentDomain, people, state, clock, own: () => own.policies },
  });
  const sharing = await openTestSharing({
    ...{ domain: currentDomain, state, storage, people, events, audit, clock },
  });
  const jobs = await openTestJobs({
    ...{ domain: currentDomain, state, storage, people, events, authorize, audit, clock },
  });
  const closers = new Closers();
  const budgets = { now: { perPerson: 100, people: [], teams: [] } as Domain['budgets'] };
  const metering = await composeMetering({
    ...{ state, people, audit, clock, log, closers },
    domain: () => ({ ...domainFile.domain, budgets: budgets.now }),
    prices: new PriceBook(currentDomain, shippedPriceTable),
  });
  const listener = await listen({ address: '127.0.0.1', port: 0, tls: undefined });
  const { server, domain } = domainFile.domain;
  const origins = new Origins({ ...server, port: listener.port, hasTls: false });
  const repositories = await openTestRepositories({
    ...{ domain: currentDomain, state, people, events, book, audit, clock },
    ...{ keys: storage.keys, objects: storage, credentials: storage.credentials },
    consoleUrl: origins.console,
    volume: options.repositoriesVolume ?? 'plain',
  });
  const app = await createConsoleApp({
    services: {
      ...{ administration, accounts, people, audit, studios, authorize },
      ...policyServices,
      ...{ metering, jobs: jobs.access },
      egress,
      trail: new TrailReader(auditFolder, clock),
      logSizes: () => measureLogs({ 'audit-trail': auditFolder, 'flow-log': flowFolder }, 100),
      flows: { read: (question) => readFlows(flowFolder, question) },
      domain: currentDomain,
      controls: [],
      ...{ storage, keys: storage.keys, clock, repositories },
      compute: computeFor({ domain: currentDomain, studios }),
      images: catalogFor({ domain: currentDomain, authorize, studios }),
      shares: { ...sharing, copies: sharing.copiesInto(studios) },
    },
    ...{ sessions, events, clock, log, staticFolder, origin: origins.console },
    viewerOrigin: origins.viewer,
  });
  const gateway = {
    handleRequest: (
      profileName: string,
      _request: unknown,
      response: { end(text: string): void },
    ) => response.end(`studio of ${profileName}`),
    handleUpgrade: () => undefined,
    review: async () => undefined,
    close: async () => undefined,
  };
  const onRefused = (refusal: object) => log.info(refusal, 'refused');
  const handleViewer = createViewer({ origins, staticFolder: viewerFolder });
  const handleGit: typeof app.handle = (request, response) =>
    void repositories.outside.handle(request, response);
  const handlers = { handleConsole: app.handle, handleViewer, handleGit };
  listener.serve(new Dispatch({ origins, ...handlers, gateway, onRefused }));

  return {
    ...{ folder, time, logged, domainFile, domain, state, studios, origins, listener, events },
    ...{ metering, jobs, budgets, audit, auditFolder, trail, own, storage, repositories, sharing },
    review: () => app.review(),
    ...{ identity, policyServices, egress, flowFolder, routes: app.routes },
    oneTimePasswords: new Map<string, string>(
      created.map(({ profileName, oneTimePassword }) => [profileName, oneTimePassword]),
    ),
    browser: () => new BrowserDouble(listener.port),
    advanceMinutes(minutes: number) {
      time.now = new Date(time.now.getTime() + minutes * 60_000);
    },
    /** Signed in without the work of a password. */
    async browserOf(profileName: string, { mustChangePassword = false } = {}) {
      await state
        .updateTable('people')
        .set({ must_change_password: mustChangePassword ? 1 : 0 })
        .where('profile_name', '=', profileName)
        .execute();
      const browser = new BrowserDouble(listener.port);
      const { token } = await sessions.start(profileName as ProfileName);
      browser.cookie = `${sessionCookieName}=${token}`;
      browser.csrfToken = (await sessions.find(token))?.csrfToken ?? '';
      return browser;
    },
    async close() {
      await listener.close();
      egress.close();
      await audit.close();
      await trail.close();
      await app.close();
      await repositories.close();
      await jobs.close();
      await sharing.close();
      await storage.close();
      await closers.close();
      await state.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function collectInto(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}
