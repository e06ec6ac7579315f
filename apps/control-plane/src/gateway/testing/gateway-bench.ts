import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  request as sendRequest,
} from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ProfileName, StrongroomError } from '@strongroom/contracts';
import type { RenderedPolicy } from '@strongroom/domain';
import { CollectedAudit } from '../../audit/testing/collected-audit.ts';
import { appNotFound } from '../../compute/compute.ts';
import { noIdleWatch } from '../../compute/idle-watch.ts';
import { computeFor } from '../../compute/testing/compute-for.ts';
import { Origins } from '../../http/origins.ts';
import { IdentityEvents } from '../../identity/identity-events.ts';
import type { Person } from '../../identity/person.ts';
import { Sessions } from '../../identity/sessions.ts';
import { openTestJobs } from '../../jobs/testing/open-test-jobs.ts';
import { noCosts } from '../../metering/testing/no-costs.ts';
import { openTestStorage } from '../../objects/testing/test-storage.ts';
import { authorizeFor, domainWith } from '../../policies/testing/authorize-for.ts';
import { openTestSharing } from '../../shares/testing/open-test-sharing.ts';
import { openState } from '../../state/database.ts';
import { PresignedUrls } from '../../studios/presigned-urls.ts';
import type { RunningApp } from '../../studios/running-app.ts';
import { collectLog } from '../../studios/testing/collected-log.ts';
import { movableClock } from '../../studios/testing/movable-clock.ts';
import { insertPerson, newPerson } from '../../studios/testing/test-people.ts';
import { createStudioGateway } from '../create-studio-gateway.ts';
import type { AgentTimeouts } from '../pass-request.ts';
import { noJobs } from './no-jobs.ts';
import { noSharing } from './no-sharing.ts';
import { noStorage } from './no-storage.ts';

/** What answers on a person's unix socket in these tests, in the agent's place. */
export type HostileAgent =
  | { readonly http: Server }
  /** Bytes of its own making; nothing checks them. */
  | { readonly raw: (socket: Socket) => void };

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export interface AskOptions {
  readonly profileName?: string;
  readonly method?: string;
  readonly cookie?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

export interface WebSocketAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Only of a handshake that was accepted. */
  readonly socket: Socket | undefined;
}

/** The example key and its answer of RFC 6455, section 1.3. */
const webSocketKey = 'dGhlIHNhbXBsZSBub25jZQ==';
export const webSocketAccept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

export type GatewayBench = Awaited<ReturnType<typeof openGatewayBench>>;

/** The gateway on a real listener and a real database; whose agent answers what, the test says. */
export async function openGatewayBench(
  options: {
    timeouts?: Partial<AgentTimeouts>;
    sharing?: 'owner' | 'team';
    /** Real buckets, of the default domain. */
    hasBuckets?: boolean;
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-bench-'));
  const { clock, advance } = movableClock();
  const state = await openState(':memory:');
  const events = new IdentityEvents();
  const people = new Map<string, Person>();
  const own: { policies: readonly RenderedPolicy[] } = { policies: [] };
  const rules = { sharing: options.sharing ?? 'owner' };
  const authorize = authorizeFor(() => people.values(), {
    ...{ own: () => own.policies, sharing: () => rules.sharing, clock },
  });
  const log = collectLog();
  const audit = new CollectedAudit();
  const sessions = new Sessions({ state, events, clock, idleMinutes: 60, absoluteHours: 12 });
  const presignedUrls = new PresignedUrls({ state, clock });
  const sockets = new Map<string, string>();
  const visits = { open: 0 };
  const failures = new Map<string, StrongroomError>();
  const closers: (() => void)[] = [];

  const listener = createServer();
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const origins = new Origins({
    ...{ consoleHostName: 'console.localhost', studioHostSuffix: 'studio.localhost' },
    ...{ viewerHostName: 'viewer.localhost', port, hasTls: false },
  });
  const labFolder = join(folder, 'lab');
  await writeLab(labFolder);
  const storage =
    options.hasBuckets === true
      ? await openTestStorage({
          domain: domainWith(() => people.values()),
          people: {
            find: async (name) => people.get(name),
            list: async () => [...people.values()],
          },
          ...{ state, clock, own: () => own.policies },
        })
      : undefined;
  const everybody = {
    find: async (name: string) => people.get(name),
    list: async () => [...people.values()],
  };
  const sharing =
    storage === undefined
      ? undefined
      : await openTestSharing({
          ...{ domain: domainWith(() => people.values()), state, storage, events, clock },
          ...{ people: everybody, audit: audit.log },
        });
  const jobs =
    storage === undefined
      ? undefined
      : await openTestJobs({
          ...{ domain: domainWith(() => people.values()), state, storage, events, clock },
          ...{ people: everybody, authorize, audit: audit.log },
        });
  const running = { apps: [] as RunningApp[], ended: [] as string[], kept: [] as string[] };
  const gateway = await createStudioGateway({
    ...{ state, sessions, events, authorize, origins, clock, log, labFolder },
    audit: audit.log,
    compute: computeFor({
      domain: domainWith(() => people.values()),
      studios: {
        runningApps: (name) =>
          running.apps.filter(({ profileName }) => name === undefined || name === profileName),
        allowedTypes: async () => domainWith(() => [])().instanceTypes,
        async endApp(_profileName, appId) {
          if (!running.apps.some((app) => app.appId === appId)) throw appNotFound();
          running.ended.push(appId);
        },
      },
      idleWatch: { ...noIdleWatch, keepRunning: (appId) => void running.kept.push(appId) },
    }),
    domainName: 'test-domain',
    ...{ storage: storage?.access ?? noStorage, sharing: sharing ?? noSharing },
    ...{ costs: noCosts, jobs: jobs?.access ?? noJobs },
    egressNow: () => ({ mode: 'off', destinations: [], until: null }),
    people: { find: async (name) => people.get(name) },
    studios: {
      async visit(person) {
        const failure = failures.get(person.profileName);
        if (failure !== undefined) throw failure;
        visits.open += 1;
        let isInside = true;
        return {
          socketPath: sockets.get(person.profileName) ?? join(folder, 'missing.sock'),
          leave() {
            if (isInside) visits.open -= 1;
            isInside = false;
          },
        };
      },
      redeemPresignedUrl: (token, profileName) => presignedUrls.redeem(token, profileName),
    },
    ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
  });
  const profileOf = (request: IncomingMessage) =>
    (request.headers.host ?? '').split('.')[0] as ProfileName;
  listener.on('request', (request, response) =>
    gateway.handleRequest(profileOf(request), request, response),
  );
  listener.on('upgrade', (request, socket, head) =>
    gateway.handleUpgrade(profileOf(request), request, socket, head),
  );

  const bench = {
    ...{ advance, audit, events, failures, log, origins, people, port, presignedUrls },
    ...{ own, rules, sessions, state, visits, review: () => gateway.review() },
    ...{ storage, sharing, jobs, running },

    async addPerson(name: string, change: Partial<Person> = {}) {
      const person = newPerson(name, people.size, change);
      people.set(name, person);
      return { person, sessionId: await insertPerson(state, person, clock) };
    },

    /** A person with a cookie of their own studio. */
    async openStudio(name: string, change: Partial<Person> = {}) {
      const { person, sessionId } = await bench.addPerson(name, change);
      const token = await presignedUrls.issue(person.profileName, sessionId);
      const answer = await bench.ask(`/auth?token=${token}`, { profileName: name });
      const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
      return { person, sessionId, cookie, token };
    },

    async serveAgent(name: string, agent: HostileAgent) {
      const path = join(folder, `${name}-${randomBytes(4).toString('hex')}.sock`);
      const server = 'http' in agent ? agent.http : createNetServer(agent.raw);
      const open = new Set<Socket>();
      server.on('connection', (socket: Socket) => {
        open.add(socket);
        socket.on('error', () => socket.destroy());
        socket.once('close', () => open.delete(socket));
      });
      server.listen(path);
      await once(server, 'listening');
      sockets.set(name, path);
      closers.push(() => {
        server.close();
        for (const socket of open) socket.destroy();
      });
      return { openSockets: open };
    },

    ask(path: string, asked: AskOptions = {}): Promise<Answer> {
      return askGateway(port, path, asked);
    },

    /** Shakes hands as a browser does; the frames on the socket are up to the test. */
    webSocket(path: string, asked: AskOptions = {}): Promise<WebSocketAnswer> {
      return openWebSocket(port, path, asked);
    },

    async close() {
      await gateway.close();
      for (const close of closers) close();
      listener.closeAllConnections();
      listener.close();
      await jobs?.close();
      await sharing?.close();
      await storage?.close();
      await state.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return bench;
}

/** The literal code of an error body. */
export function codeOf(text: string): string {
  return JSON.parse(text).error.code;
}

async function openWebSocket(
  port: number,
  path: string,
  asked: AskOptions,
): Promise<WebSocketAnswer> {
  const { profileName = 'alice', cookie } = asked;
  const host = `${profileName}.studio.localhost:${port}`;
  const outgoing = sendRequest({
    ...{ host: '127.0.0.1', port, path, agent: false },
    headers: {
      ...{ host, origin: `http://${host}`, connection: 'Upgrade', upgrade: 'websocket' },
      ...{ 'sec-websocket-version': '13', 'sec-websocket-key': webSocketKey },
      ...(cookie === undefined ? {} : { cookie }),
      ...asked.headers,
    },
  });
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, socket: undefined });
    });
    outgoing.on('upgrade', ({ statusCode, headers }, socket) => {
      socket.on('error', () => undefined);
      resolve({ status: statusCode ?? 0, headers, socket });
    });
    outgoing.end();
  });
}

/** One request to a studio's origin on this machine. */
export function askGateway(port: number, path: string, asked: AskOptions): Promise<Answer> {
  const { profileName = 'alice', method = 'GET', cookie, body } = asked;
  const host = `${profileName}.studio.localhost:${port}`;
  const headers: OutgoingHttpHeaders = {
    host,
    ...(cookie === undefined ? {} : { cookie }),
    ...(method === 'GET' ? {} : { origin: `http://${host}` }),
    ...asked.headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function writeLab(folder: string): Promise<void> {
  await mkdir(join(folder, 'static'), { recursive: true });
  await mkdir(join(folder, 'themes/@strongroom/light'), { recursive: true });
  await mkdir(join(folder, 'schemas'), { recursive: true });
  const page =
    '<html lang="__LANGUAGE__"><script id="jupyter-config-data" type="application/json">__PAGE_CONFIG__</script></html>';
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'static/lab.0123456789abcdef.js'), 'open()');
  await writeFile(join(folder, 'static/lab.0123456789abcdef.js.gz'), gzipSync('open()'));
  await writeFile(join(folder, 'static/favicon.svg'), '<svg/>');
  await writeFile(join(folder, 'themes/@strongroom/light/index.css'), 'body{}');
  await writeFile(join(folder, 'schemas/secret.json'), '{}');
}
