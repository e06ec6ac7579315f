import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Domain } from '@strongroom/domain';
import {
  inspectHost,
  openSandboxHost,
  openVolumeDriver,
  type SandboxHost,
  type VolumeDriver,
} from '@strongroom/sandbox';
import { pino } from 'pino';
import { Closers } from '../../closers.ts';
import { type ComposeRepositoriesOptions, composeRepositories } from '../compose-repositories.ts';

const buildProgram = fileURLToPath(new URL('../../../build-hooks.mjs', import.meta.url));

type Given = Pick<
  ComposeRepositoriesOptions,
  'state' | 'keys' | 'objects' | 'people' | 'events' | 'book' | 'credentials' | 'audit' | 'clock'
> & {
  readonly domain: () => Domain;
  readonly consoleUrl: string;
  readonly volume?: 'gocryptfs' | 'plain';
  readonly change?: Partial<ComposeRepositoriesOptions>;
};

/** Real repositories in a folder of their own. The sandboxes are there once one is needed. */
export async function openTestRepositories({ volume = 'plain', change = {}, ...given }: Given) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'strongroom-repositories-'));
  const closers = new Closers();
  const hooks = join(dataFolder, 'git-hooks');
  const log = pino({ level: 'silent' });
  let opening: Promise<{ host: SandboxHost; driver: VolumeDriver }> | undefined;
  const ground = () => {
    opening ??= openGround(dataFolder, volume, hooks);
    return opening;
  };
  const driver: VolumeDriver = {
    ...{ name: volume, isEncrypted: volume === 'gocryptfs', mountFolder: undefined },
    create: async (...words) => (await ground()).driver.create(...words),
    mount: async (...words) => (await ground()).driver.mount(...words),
    copy: async (...words) => (await ground()).driver.copy(...words),
    close: async () => undefined,
  };
  /** Smaller ones, for a test that goes beyond them. */
  const limits: { maximumPushBytes?: number } = {};
  const composed = await composeRepositories({
    ...{ ...given, driver, log, closers },
    domain: () => {
      const { repositories, ...rest } = given.domain();
      return { ...rest, dataFolder, repositories: { ...repositories, ...limits } };
    },
    sandboxHost: { launch: async (spec) => (await ground()).host.launch(spec) },
    host: { hasQuotas: false, hasUids: process.getuid?.() === 0 },
    programs: { node: process.execPath, hooks },
    ...change,
  });
  return {
    ...{ ...composed, dataFolder, limits },
    async close() {
      await closers.close();
      if (opening !== undefined) {
        const { host, driver: opened } = await opening;
        await host.close();
        await opened.close();
      }
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function openGround(dataFolder: string, volume: 'gocryptfs' | 'plain', hooks: string) {
  await promisify(execFile)(process.execPath, [buildProgram, hooks]);
  const { setup } = await inspectHost();
  if (setup === undefined) throw new Error('Cannot test repositories: no sandbox runs here');
  const log = pino({ level: 'silent' });
  const mountFolder = join(dataFolder, 'run/homes');
  const driver = await openVolumeDriver({ setup, name: volume, mountFolder, log });
  const host = await openSandboxHost({
    ...{ setup, log, runFolder: join(dataFolder, 'run/sandbox') },
    installationId: `repositories-${process.pid}`,
    homesFolder: driver.mountFolder,
  });
  return { host, driver };
}
