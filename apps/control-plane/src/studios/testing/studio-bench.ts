import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { StrongroomError } from '@strongroom/contracts';
import type { RenderedPolicy } from '@strongroom/domain';
import { inspectHost, openSandboxHost } from '@strongroom/sandbox';
import { CollectedAudit } from '../../audit/testing/collected-audit.ts';
import type { Clock } from '../../clock.ts';
import { Gpus } from '../../compute/gpus/gpus.ts';
import type { Homes } from '../../homes/homes.ts';
import { openTestHomes } from '../../homes/testing/open-test-homes.ts';
import type { SecretsDouble } from '../../homes/testing/secrets-double.ts';
import { Origins } from '../../http/origins.ts';
import { IdentityEvents } from '../../identity/identity-events.ts';
import type { Person } from '../../identity/person.ts';
import type { StudioConnectivity } from '../../network/studio-connectivity.ts';
import { authorizeFor } from '../../policies/testing/authorize-for.ts';
import { openState, type State } from '../../state/database.ts';
import { createStudios, type StudiosOptions } from '../create-studios.ts';
import type { StudioDomain } from '../domain-settings.ts';
import type { KernelImages } from '../kernel-offers.ts';
import type { StudioLog } from '../studio-log.ts';
import type { Studios } from '../studios.ts';
import { collectLog } from './collected-log.ts';
import { movableClock } from './movable-clock.ts';
import { insertPerson, newPerson } from './test-people.ts';

/** Studios on a real sandbox host and a real database, with a small program in the agent's place. */
export interface StudioBench {
  readonly studios: Studios;
  readonly state: State;
  readonly events: IdentityEvents;
  readonly people: Map<string, Person>;
  /** The administrators' own documents, as a test changes them. */
  readonly own: { policies: readonly RenderedPolicy[] };
  readonly origins: Origins;
  readonly clock: Clock;
  readonly audit: CollectedAudit;
  readonly dataFolder: string;
  readonly homes: Homes;
  /** What opens homes. */
  readonly secrets: SecretsDouble;
  readonly log: StudioLog & { readonly lines: readonly string[] };
  /** A person with one console session. */
  addPerson(name: string, change?: Partial<Person>): Promise<{ person: Person; sessionId: string }>;
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly domain?: Partial<StudioDomain['studios']>;
  readonly instanceTypes?: StudioDomain['instanceTypes'];
  readonly images?: StudioDomain['images'];
  readonly gpus?: Gpus;
  readonly requireMeans?: StudiosOptions['requireMeans'];
  readonly observer?: StudiosOptions['observer'];
  readonly startTimeoutMilliseconds?: number;
  /** What the agent does wrong at its start. */
  readonly wish?: 'end-at-once' | 'say-nothing';
  /** `apps/agent/dist` instead of the small program. */
  readonly agentFolder?: string;
  readonly labFolder?: string;
  /** What is in the studios' networks; nothing where it is not what a test is about. */
  readonly connectivity?: StudioConnectivity;
  /** What kernels run on; the host's own programs where it is left out. */
  readonly kernelImages?: KernelImages;
  /** Nested folders above the data folder, to make its path long. */
  readonly depth?: number;
}

export async function openStudioBench(options: BenchOptions = {}): Promise<StudioBench> {
  const root = await mkdtemp(join(tmpdir(), 'studio-bench-'));
  const dataFolder = join(root, ...Array.from({ length: options.depth ?? 0 }, () => 'deep-folder'));
  await mkdir(dataFolder, { recursive: true });
  const agentFolder = options.agentFolder ?? (await writeFakeAgent(root, options.wish ?? ''));
  const log = collectLog();
  const audit = new CollectedAudit();
  const state = await openState(':memory:');
  const sandboxHost = await openHost(dataFolder, log);
  const { clock, advance } = movableClock();
  const people = new Map<string, Person>();
  const own: { policies: readonly RenderedPolicy[] } = { policies: [] };
  const domain = benchDomain(options);
  const authorize = authorizeFor(() => people.values(), {
    ...{ own: () => own.policies, clock },
    change: { instanceTypes: domain.instanceTypes.map((type) => ({ ...withoutRules, ...type })) },
  });
  const events = new IdentityEvents();
  const origins = new Origins({
    consoleHostName: 'console.localhost',
    studioHostSuffix: 'studio.localhost',
    viewerHostName: 'viewer.localhost',
    port: 8080,
    hasTls: false,
  });
  const studios = await createStudios({
    ...{ state, sandboxHost: sandboxHost.host, events, authorize, origins, clock, log, dataFolder },
    domain,
    hostMode: sandboxHost.mode,
    homes: sandboxHost.homes,
    audit: audit.log,
    connectivity: options.connectivity ?? noConnectivity,
    gpus: options.gpus ?? Gpus.none({ english: 'No GPU.', korean: 'GPU가 없습니다.' }),
    images: {
      ...(options.kernelImages ?? hostImages(options)),
      mayUse: () => true,
      defaultKernelName: (name) => (name === 'host-python' ? 'python3' : `${name}__python3`),
    },
    ...(options.requireMeans === undefined ? {} : { requireMeans: options.requireMeans }),
    ...(options.observer === undefined ? {} : { observer: options.observer }),
    people: { find: async (name) => people.get(name) },
    programs: {
      agent: agentFolder,
      lab: options.labFolder ?? agentFolder,
      node: process.execPath,
    },
    startTimeoutMilliseconds: options.startTimeoutMilliseconds ?? 20_000,
  });
  return {
    ...{ studios, state, events, people, own, origins, clock, dataFolder, log, advance, audit },
    ...{ homes: sandboxHost.homes, secrets: sandboxHost.secrets },
    async addPerson(name, change = {}) {
      const person = newPerson(name, people.size, change);
      people.set(name, person);
      return { person, sessionId: await insertPerson(state, person, clock) };
    },
    async close() {
      await studios.close();
      await sandboxHost.host.close();
      await sandboxHost.homes.close();
      await state.destroy();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Every image is the host's own programs, with no kernel specs. */
function hostImages(options: BenchOptions): KernelImages {
  const { images } = benchDomain(options);
  return {
    groundOf(name) {
      if (images.some(({ imageName }) => imageName === name)) {
        return { root: { kind: 'host' }, environment: {}, digest: null };
      }
      throw new StrongroomError('ImageNotFound', `Cannot find the image "${name}"`);
    },
    offeredTo: async () => ({ defaultName: null, kernels: [] }),
    onChange: () => () => undefined,
  };
}

/** A network that ends in itself, where what is in it is not what a test is about. */
const noConnectivity: StudioConnectivity = {
  open: () => ({
    ...{ environment: {}, mounts: [], ready: Promise.resolve(), close: async () => undefined },
  }),
};

/** One request over a unix socket, as the gateway makes it. */
export function askAgent(socketPath: string, path: string, body?: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { socketPath, path, method: body === undefined ? 'GET' : 'POST' },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString() || 'null')));
        incoming.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function writeFakeAgent(root: string, wish: string): Promise<string> {
  const folder = join(root, 'agent');
  await mkdir(folder);
  await copyFile(join(import.meta.dirname, 'fake-agent.mjs'), join(folder, 'main.mjs'));
  await writeFile(join(folder, 'main.js'), "import './main.mjs';\n");
  await copyFile(join(import.meta.dirname, 'fake-files.mjs'), join(folder, 'files.mjs'));
  await writeFile(join(folder, 'files.js'), "import './files.mjs';\n");
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'wish'), wish);
  await chmod(folder, 0o755);
  return folder;
}

/** Trying every control takes a second: once for a file of tests. */
let inspected: ReturnType<typeof inspectHost> | undefined;

async function openHost(dataFolder: string, log: StudioLog) {
  inspected ??= inspectHost();
  const inspection = await inspected;
  const { setup } = inspection;
  if (setup === undefined) throw new Error('Cannot test studios: this host runs no sandboxes');
  const { homes, driver, secrets } = await openTestHomes({ dataFolder, inspection, log });
  const host = await openSandboxHost({
    homesFolder: driver.mountFolder,
    ...{ setup, log },
    installationId: `test-${randomBytes(6).toString('hex')}`,
    runFolder: join(dataFolder, 'run', 'sandboxes'),
  });
  return { host, homes, secrets, mode: setup.mode };
}

/** What a size of the domain file may have beside what studios read of it. */
const withoutRules = {
  ...{ gpuCount: 0, pricePerHour: undefined, idleMinutes: undefined, maximumHours: undefined },
};

function benchDomain(options: BenchOptions): StudioDomain {
  return {
    images: options.images ?? [{ imageName: 'host-python' }],
    instanceTypes: options.instanceTypes ?? [
      { instanceType: 'system', vcpuCount: 2, memoryMebibytes: 1024 },
      { instanceType: 'ml.t3.medium', vcpuCount: 2, memoryMebibytes: 512 },
    ],
    defaults: { imageName: 'host-python', instanceType: 'ml.t3.medium' },
    studios: { hibernateAfterMinutes: 20, prestart: 'nothing', ...options.domain },
  };
}
