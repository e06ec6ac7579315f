import { setTimeout as wait } from 'node:timers/promises';
import { STSClient } from '@aws-sdk/client-sts';
import type { Domain } from '@strongroom/domain';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../clock.ts';
import type { Closers } from '../../closers.ts';
import type { PriceBook } from '../../compute/prices/price-book.ts';
import type { People } from '../../identity/people.ts';
import { composeCosting } from '../../metering/compose-metering.ts';
import { MeterStore } from '../../metering/meter-store.ts';
import type { Authorize } from '../../policies/access-request.ts';
import type { State } from '../../state/database.ts';
import { Launches } from '../../studios/launches.ts';
import { createActAsPerson } from './act-as-person.ts';
import { AppDirectory } from './app-directory.ts';
import { AppLedger } from './app-ledger.ts';
import { DeployedDomain } from './deployed-domain.ts';
import { DomainSnapshot } from './domain-snapshot.ts';
import { LedgerStore } from './ledger-store.ts';
import { PortalRules } from './portal-rules.ts';
import { openSageMakerClient } from './sage-maker-client.ts';
import { SageMakerPortal } from './sage-maker-portal.ts';
import { SpaceDirectory } from './space-directory.ts';
import { SpaceLaunch } from './space-launch.ts';

export interface SageMakerOptions {
  readonly domain: () => Domain;
  readonly state: State;
  readonly people: Pick<People, 'find' | 'list'>;
  readonly authorize: Authorize;
  readonly audit: AuditLog;
  readonly prices: PriceBook;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly closers: Closers;
}

const pauseMilliseconds = 3_000;
/** A quarter of an hour: large types and new images take their time. */
const maximumLooks = 300;

/** The domain that runs on SageMaker, and what its apps cost. Asks AWS nothing before somebody does. */
export async function composeSageMaker(options: SageMakerOptions) {
  const { people, prices, clock, log, closers, state, registry } = options;
  const { domain: names, compute } = options.domain();
  const client = openSageMakerClient({ region: names.region });
  closers.add(async () => client.destroy());
  const domainId = compute.runtime.kind === 'sagemaker' ? compute.runtime.domainId : undefined;
  const domain = new DeployedDomain({ client, names, domainId });
  const sts = new STSClient({ region: names.region, retryMode: 'adaptive' });
  closers.add(async () => sts.destroy());
  const actAs = createActAsPerson({ sts, domain: options.domain, people });
  const spaces = new SpaceDirectory({ client, domain, actAs });
  const apps = new AppDirectory({ client, domain, actAs });
  const snapshot = new DomainSnapshot({ spaces, apps, clock });
  const priceOf = (instanceType: string) => prices.priceOf(instanceType);
  const meterStore = new MeterStore(state);
  const ledger = await AppLedger.open({
    ...{ snapshot, clock, log, priceOf, store: new LedgerStore({ state, meterStore }) },
    teamOf: async (profileName) => (await people.find(profileName))?.team ?? '',
  });
  const costing = await composeCosting(options, { meter: ledger, store: meterStore });
  const { budgets, costs, warnings } = costing;
  for (const part of [ledger, warnings]) {
    const started = part.start();
    closers.add(async () => started.close());
  }
  const portal = new SageMakerPortal({
    ...{ domain, spaces, apps, snapshot, priceOf },
    rules: new PortalRules({
      ...{ domain: options.domain, people, authorize: options.authorize, audit: options.audit },
      requireMeans: (profileName, kernel) => budgets.requireMeans(profileName, kernel),
    }),
    launches: new Launches(log),
    spaceLaunch: new SpaceLaunch({
      ...{ client, actAs, domain, spaces, apps, maximumLooks },
      sessionSeconds: () => options.domain().sessions.absoluteHours * 3_600,
      // Ends with the process: nobody waits for a launch then.
      pause: () => wait(pauseMilliseconds, undefined, { ref: false }),
    }),
    defaultInstanceType: () => options.domain().defaults.instanceType,
  });
  const metrics = () => registry.metrics();
  const runningCount = () => ledger.runningCount;
  return { portal, metering: { costs, budgets, metrics, runningCount } };
}
