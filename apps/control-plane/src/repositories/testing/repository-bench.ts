import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type RepositoryChange, type RepositoryRequest, sandboxPaths } from '@strongroom/contracts';
import { openVolumeDriver } from '@strongroom/sandbox';
import { build } from 'esbuild';
import { composeKeys } from '../../keys/compose-keys.ts';
import { type NetworkGround, openNetworkBench } from '../../network/testing/network-bench.ts';
import { openObjectKeys, openObjectStore } from '../../objects/open-object-store.ts';
import { type ComposedRepositories, composeRepositories } from '../compose-repositories.ts';

const folderOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const agentSource = folderOf('../../../../agent/src');
const buildHooks = folderOf('../../../build-hooks.mjs');

/** Studios with their network, and real repositories in an encrypted volume behind its Git endpoint. */
export async function openRepositoryBench() {
  let repositories: ComposedRepositories | undefined;
  const network = await openNetworkBench({}, {}, async (ground) => {
    const agent = join(ground.dataFolder, 'agent');
    await Promise.all([buildHelper(agent), run(process.execPath, [buildHooks, hooksOf(ground)])]);
    repositories = await compose(ground);
    return {
      endpoints: [repositories.endpoint],
      mounts: [
        { source: process.execPath, target: sandboxPaths.node, mode: 'read-only' },
        { source: agent, target: sandboxPaths.agentFolder, mode: 'read-only' },
      ],
      environment: { ...gitIdentity, GIT_CONFIG_SYSTEM: `${sandboxPaths.agentFolder}/gitconfig` },
    };
  });
  if (repositories === undefined) throw new Error('There are no repositories');
  const composed = repositories;
  const personOf = (name: string) => {
    const person = network.people.get(name);
    if (person === undefined) throw new Error(`Nobody is called ${name}`);
    return person;
  };
  return {
    ...{ ...network, repositories: composed },
    create: (owner: string, request: Partial<RepositoryRequest> & { name: string }) => {
      const whole = { description: '', access: [], ...request };
      return composed.repositories.create(personOf(owner), whole, unrecorded);
    },
    change: (owner: string, name: string, change: RepositoryChange) =>
      composed.repositories.change(personOf(owner), name, change, unrecorded),
  };
}

const run = promisify(execFile);
const unrecorded = {
  created: async () => undefined,
  changed: async () => undefined,
  deleted: async () => undefined,
  denied: async () => undefined,
};
const gitIdentity = {
  ...{ GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' },
  ...{ GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' },
};

function hooksOf({ dataFolder }: NetworkGround): string {
  return join(dataFolder, 'git-hooks');
}

async function compose(ground: NetworkGround): Promise<ComposedRepositories> {
  const { domain, setup, log, closers, clock, audit, dataFolder, host } = ground;
  const placed = { ...domain(), dataFolder };
  const keys = await composeKeys({
    ...{ domain: placed, clock, audit: audit.log },
    authorize: async () => undefined,
  });
  closers.add(() => keys.close());
  const { dataKeyArn } = await openObjectKeys(placed, keys);
  const store = await openObjectStore({ domain: placed, keys, clock });
  closers.add(() => store.close());
  const mountFolder = join(dataFolder, 'run/homes');
  const driver = await openVolumeDriver({ setup, log, name: 'gocryptfs', mountFolder });
  closers.add(() => driver.close());
  return composeRepositories({
    ...{ ...ground, domain: () => placed, keys, driver, sandboxHost: host, audit: audit.log },
    objects: { store, dataKeyArn },
    host: { hasQuotas: false, hasUids: setup.mode === 'root' },
    programs: { node: process.execPath, hooks: hooksOf(ground) },
    consoleUrl: 'http://console.localhost:8080',
  });
}

/** Git's credential helper as studios have it, and the configuration that names it. */
async function buildHelper(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: { 'git-credentials': join(agentSource, 'git-credentials-main.ts') },
    ...{ outdir: folder, bundle: true, format: 'esm', platform: 'node', target: 'node20' },
  });
  await cp(join(agentSource, 'git-credentials/gitconfig'), join(folder, 'gitconfig'));
}
