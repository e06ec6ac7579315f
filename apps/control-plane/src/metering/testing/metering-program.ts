import { chmod, chown } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppId, KernelId, ProfileName } from '@strongroom/contracts';
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
import type { RunningApp } from '../../studios/running-app.ts';
import { newPerson } from '../../studios/testing/test-people.ts';
import { composeMetering } from '../compose-metering.ts';

/** A uid that nobody has. */
const testUid = 65_503;
const mebibyte = 1024 ** 2;

const settleMilliseconds = 20_000;
/** A studio's server and its kernels. */
const appsOfOne = 4;
const isServer = (index: number) => index % appsOfOne === 0;

/**
 * The meter, the budgets and the judge of work as the control plane composes them, alone in a process, for
 * as many apps as are asked for. They share one real sandbox: what is read of each is read, and 1,000
 * sandboxes are more than a machine for benchmarks has. Prints how many seconds of a processor the process
 * took in each second: while no app runs, and while all do.
 */
async function main(folder: string, appCount: number, seconds: number): Promise<void> {
  const closers = new Closers();
  try {
    const sandbox = await startSandbox(folder, closers);
    const state = await openState(join(folder, 'state.sqlite'));
    closers.add(() => state.destroy());
    const log = pino({ level: 'silent' });
    const names = Array.from(
      { length: Math.ceil(appCount / appsOfOne) },
      (_, index) => `person-${index}`,
    );
    const people = names.map((name, index) => newPerson(name, index, { team: 'risk-models' }));
    const domain = domainWith(() => people)();
    const metered = {
      ...domain,
      budgets: { perPerson: 1_000_000, people: [], teams: [] },
      instanceTypes: domain.instanceTypes.map((type) => ({ ...type, idleMinutes: 60 })),
    };
    const metering = await composeMetering({
      ...{ domain: () => metered, state, clock, log, closers },
      people: {
        find: async (name) => people.find(({ profileName }) => profileName === name),
        list: async () => people,
      },
      prices: new PriceBook(() => metered, shippedPriceTable),
      audit: new AuditLog({ append: async () => undefined as never }, log),
    });
    const apps = Array.from({ length: appCount }, (_, index) =>
      runningApp({
        ...{ appId: index.toString(16).padStart(32, '0') as AppId, sandbox },
        profileName: names[Math.floor(index / appsOfOne)] as ProfileName,
        ...{ appType: isServer(index) ? 'JupyterServer' : 'KernelGateway' },
        kernelId: isServer(index) ? null : (`kernel-${index}` as KernelId),
      }),
    );
    const running = new Map<string, RunningApp[]>(names.map((name) => [name, []]));
    const all: RunningApp[] = [];
    metering.follow({
      studios: {
        runningApps: (name) => (name === undefined ? all : (running.get(name) ?? [])),
        endApp: async () => undefined,
      },
      gpus: noGpus(),
    });
    await delay(settleMilliseconds);
    const without = await measure(seconds);
    // As they come in a working day, and not all in one second.
    for (const app of apps) {
      await metering.observer.added(app);
      await metering.observer.started(app.appId);
      running.get(app.profileName)?.push(app);
      all.push(app);
      await delay(2);
    }
    // What starting them has left over is put away.
    await delay(settleMilliseconds);
    console.log(JSON.stringify({ without, metered: await measure(seconds) }));
  } finally {
    await closers.close();
  }
}

/** Seconds of a processor that this process takes in each second. */
async function measure(seconds: number): Promise<number> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await delay(seconds * 1000);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - startedAt);
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
