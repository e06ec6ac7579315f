import { chmod, chown } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppId, ProfileName } from '@strongroom/contracts';
import { inspectHost, openSandboxHost, type RunningSandbox } from '@strongroom/sandbox';
import { pino } from 'pino';
import { AuditLog } from '../../audit/audit-log.ts';
import { systemClock as clock } from '../../clock.ts';
import { Closers } from '../../closers.ts';
import { PriceBook } from '../../compute/prices/price-book.ts';
import { shippedPriceTable } from '../../compute/prices/price-table.ts';
import { noGpus, runningApp } from '../../compute/testing/compute-for.ts';
import { domainWith } from '../../policies/testing/authorize-for.ts';
import { openState } from '../../state/database.ts';
import { newPerson } from '../../studios/testing/test-people.ts';
import { composeMetering } from '../compose-metering.ts';

/** A uid that nobody has. */
const testUid = 65_503;
const mebibyte = 1024 ** 2;

/**
 * The meter, the budgets and the judge of work as the control plane composes them, alone in a process, for
 * as many apps as are asked for. They share one real sandbox: what is read of each is read, and 1,000
 * sandboxes are more than a machine for benchmarks has. Prints how many seconds of a processor it took in
 * how many seconds, whatever the start took.
 */
async function main(folder: string, appCount: number, seconds: number): Promise<void> {
  const closers = new Closers();
  try {
    const sandbox = await startSandbox(folder, closers);
    const state = await openState(join(folder, 'state.sqlite'));
    closers.add(() => state.destroy());
    const log = pino({ level: 'silent' });
    const people = [newPerson('alice', 1, { team: 'risk-models' })];
    const domain = domainWith(() => people)();
    const metered = {
      ...domain,
      budgets: { perPerson: 1_000_000, people: [], teams: [] },
      instanceTypes: domain.instanceTypes.map((type) => ({ ...type, idleMinutes: 60 })),
    };
    const metering = await composeMetering({
      ...{ domain: () => metered, state, clock, log, closers },
      people: { find: async () => people[0], list: async () => people },
      prices: new PriceBook(() => metered, shippedPriceTable),
      audit: new AuditLog({ append: async () => undefined as never }, log),
    });
    const apps = Array.from({ length: appCount }, (_, index) =>
      runningApp({ ...{ appId: index.toString(16).padStart(32, '0') as AppId, sandbox } }),
    );
    const running: typeof apps = [];
    metering.follow({
      studios: { runningApps: () => running, endApp: async () => undefined },
      gpus: noGpus(),
    });
    // As they come in a working day, and not all in one second.
    for (const app of apps) {
      await metering.observer.added({ ...app, profileName: 'alice' as ProfileName });
      await metering.observer.started(app.appId);
      running.push(app);
      await delay(2);
    }
    const before = process.cpuUsage();
    const startedAt = performance.now();
    await delay(seconds * 1000);
    const { user, system } = process.cpuUsage(before);
    const elapsedSeconds = (performance.now() - startedAt) / 1000;
    console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6, elapsedSeconds }));
  } finally {
    await closers.close();
  }
}

async function startSandbox(folder: string, closers: Closers): Promise<RunningSandbox> {
  const { setup } = await inspectHost();
  if (setup === undefined) throw new Error('Cannot measure: this machine runs no sandboxes');
  const hostUid = setup.mode === 'root' ? testUid : undefined;
  if (hostUid !== undefined) await chown(folder, hostUid, hostUid);
  await chmod(folder, 0o711);
  const host = await openSandboxHost({
    ...{ setup, installationId: `metering-${process.pid}`, runFolder: join(folder, 'run') },
    log: { info: () => undefined, warn: () => undefined },
  });
  closers.add(() => host.close());
  return host.launch({
    ...{ appId: 'metering', label: 'metering', hostUid, root: { kind: 'host' } },
    ...{ command: ['/bin/sleep', '3600'], workingDirectory: '/home/alice' },
    environment: { PATH: '/usr/bin:/bin' },
    ...{ userName: 'alice', homeFolder: '/home/alice', network: 'isolated', descriptors: [] },
    mounts: [{ source: folder, target: '/home/alice', mode: 'read-only' }],
    limits: {
      ...{ memoryBytes: 64 * mebibyte, cpuCount: 1, processCount: 16, openFileCount: 64 },
      ...{ temporaryFolderBytes: mebibyte, sharedMemoryBytes: mebibyte },
    },
  });
}

const [folder = '.', appCount = '1000', seconds = '120'] = process.argv.slice(2);
await main(folder, Number(appCount), Number(seconds));
