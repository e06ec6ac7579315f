import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { AppId } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import {
  type HostSetup,
  inspectHost,
  openSandboxHost,
  type SandboxHost,
  type SandboxMount,
} from '@strongroom/sandbox';
import { CollectedAudit } from '../../audit/testing/collected-audit.ts';
import { Closers } from '../../closers.ts';
import { IdentityEvents } from '../../identity/identity-events.ts';
import type { People } from '../../identity/people.ts';
import type { Person } from '../../identity/person.ts';
import { PolicyBook } from '../../policies/policy-book.ts';
import { domainWith } from '../../policies/testing/authorize-for.ts';
import { testResources } from '../../policies/testing/test-resources.ts';
import { openState, type State } from '../../state/database.ts';
import { type CollectedLog, collectLog } from '../../studios/testing/collected-log.ts';
import { newPerson } from '../../studios/testing/test-people.ts';
import { networkAddresses } from '../addresses.ts';
import { composeNetwork } from '../compose-network.ts';
import { TemporaryCredentials } from '../credentials/temporary-credentials.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import type { FlowRecord } from '../flows/flow-record.ts';
import type { NetworkParts } from '../network-parts.ts';

const mebibyte = 1024 * 1024;
const everybody = new Map<string, Person>(
  ['alice', 'bob', 'admin', 'second'].map((name, index) => [
    name,
    newPerson(name, index, {
      team: 'risk-models',
      role: index < 2 ? 'data-scientist' : 'administrator',
    }),
  ]),
);
let appCount = 0;
let benchCount = 0;

/** The real network of studios with real sandboxes in it; only what is outside stands on loopback. */
export async function openNetworkBench(
  egress: Partial<Domain['egress']> = {},
  parts: NetworkParts = {},
  extend: (ground: NetworkGround) => Promise<NetworkExtension> = async () => noExtension,
) {
  benchCount += 1;
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-network-'));
  const { setup } = await inspectHost();
  if (setup === undefined) throw new Error('No sandbox can run here');
  const people = new Map(everybody);
  const closers = new Closers();
  const log = collectLog();
  const state = await openState(':memory:');
  const plain = domainWith(() => people.values())();
  const domain = { ...plain, egress: { ...plain.egress, ...egress } };
  const host = await openSandboxHost({
    ...{
      setup,
      installationId: `network-${process.pid}-${benchCount}`,
      log,
      runFolder: join(folder, 'run/sandbox'),
    },
    resolverAddress: networkAddresses.resolver,
  });
  const book = new PolicyBook(
    () => domain,
    () => noOwn,
    testResources,
  );
  const directory = {
    find: async (name: string) => people.get(name),
    list: async () => [...people.values()],
  };
  const events = new IdentityEvents();
  const time = { offsetMilliseconds: 0 };
  const clock = () => new Date(Date.now() + time.offsetMilliseconds);
  const audit = new CollectedAudit();
  const credentials = await TemporaryCredentials.open({ state, clock, dataFolder: folder });
  const ground = {
    ...{ domain: () => domain, dataFolder: folder, state, book, log, closers, clock, events },
    ...{ people: directory, audit, credentials, host, setup },
  };
  const extension = await extend(ground);
  const composed = await composeNetwork({
    ...{ ...ground, parts, audit: audit.log },
    furtherEndpoints: extension.endpoints,
  });

  async function openStudio(name: string) {
    const person = people.get(name);
    if (person === undefined) throw new Error(`Nobody is called ${name}`);
    appCount += 1;
    const appId = appCount.toString(16).padStart(32, '0') as AppId;
    const hostUid = setup?.mode === 'root' ? person.hostUid : undefined;
    const network = await host.createStudioNetwork({ hostUid });
    const connectivity = composed.connectivity.open(network, { person, appId });
    await connectivity.ready;
    const run = async (command: readonly string[], environment: Record<string, string> = {}) => {
      appCount += 1;
      const sandbox = await host.launch({
        ...{ appId: appCount.toString(16).padStart(32, '0'), label: 'test', hostUid, command },
        ...{ root: { kind: 'host' }, workingDirectory: '/', userName: name, network },
        environment: {
          PATH: '/usr/bin:/bin',
          HOME: '/tmp',
          ...connectivity.environment,
          ...extension.environment,
          ...environment,
        },
        ...{ homeFolder: `/home/${name}`, descriptors: [] },
        mounts: [...connectivity.mounts, ...extension.mounts],
        limits: {
          ...{ memoryBytes: 512 * mebibyte, cpuCount: 2, processCount: 64, openFileCount: 8_192 },
          ...{ temporaryFolderBytes: 64 * mebibyte, sharedMemoryBytes: mebibyte },
        },
      });
      const [output, errors] = await Promise.all([text(sandbox.stdout), text(sandbox.stderr)]);
      const { exitCode } = await sandbox.exited;
      return { output: output.trim(), errors: errors.trim(), exitCode };
    };
    return {
      ...{ connectivity, network, run, studio: { profileName: person.profileName, appId } },
      python: (script: string, environment: Record<string, string> = {}) =>
        run(['/usr/bin/python3', '-c', script], environment),
    };
  }

  return {
    ...{ folder, log, people, events, openStudio, time, audit },
    ...composed,
    /** A name that may be reached from now on, approved by a second administrator. */
    async allow(
      names: string[],
      change: { ports?: number[]; hours?: number; about?: string; mode?: 'open' } = {},
    ) {
      const now = Date.now() + time.offsetMilliseconds;
      const by = (name: string) => people.get(name) as Person;
      const { requestId } = await composed.egress.request(by('alice'), {
        subject: { kind: 'person', profileName: by(change.about ?? 'alice').profileName },
        ...{ mode: change.mode ?? 'allow-list', allowLists: [] },
        ...{ names, ports: change.ports ?? [443] },
        reason: 'A test of the network needs it',
        endsAt: new Date(now + (change.hours ?? 1) * 3_600_000).toISOString(),
      });
      await composed.egress.decide(by('admin'), requestId, 'Approved');
      return requestId;
    },
    async end(requestId: string) {
      await composed.egress.end(people.get('admin') as Person, requestId);
    },
    /** As an administrator does it; the person's programs run on. */
    disable(name: string) {
      const person = people.get(name);
      if (person !== undefined) people.set(name, { ...person, disabled: true });
    },
    async flowRecords(): Promise<FlowRecord[]> {
      const records: FlowRecord[] = [];
      for await (const { record } of composed.flows.read({})) records.push(record);
      return records;
    },
    writeFile: (name: string, content: string) => writeFile(join(folder, name), content),
    async close() {
      await host.close();
      await closers.close();
      await state.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const noOwn: readonly [] = [];

/** What a further service of the platform is made of, on the bench. */
export interface NetworkGround {
  readonly domain: () => Domain;
  readonly dataFolder: string;
  readonly state: State;
  readonly book: PolicyBook;
  readonly log: CollectedLog;
  readonly closers: Closers;
  readonly clock: () => Date;
  readonly events: IdentityEvents;
  readonly people: People;
  readonly audit: CollectedAudit;
  readonly credentials: TemporaryCredentials;
  readonly host: SandboxHost;
  readonly setup: HostSetup;
}

/** That service, and what programs in studios get for it. */
interface NetworkExtension {
  readonly endpoints: readonly Endpoint[];
  readonly mounts: readonly SandboxMount[];
  readonly environment: Readonly<Record<string, string>>;
}

const noExtension: NetworkExtension = { endpoints: [], mounts: [], environment: {} };
