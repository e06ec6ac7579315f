import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestStore, type TestStore } from '../../testing/test-store.ts';
import { createS3Service } from '../s3-service.ts';
import type {
  AuthorizationQuestion,
  S3Connection,
  S3LogLine,
  S3Principal,
} from '../s3-service-options.ts';

export const region = 'eu-central-1';
export const accountId = '111122223333';
export const alice = {
  accessKeyId: 'AKIAALICEALICEALICE1',
  secretAccessKey: 'alice-secret',
  arn: `arn:aws:sts::${accountId}:assumed-role/Alice/alice`,
};
/** With a session token, as studios have them. */
export const bob = {
  accessKeyId: 'ASIABOBBOBBOBBOBBOB1',
  secretAccessKey: 'bob-secret',
  sessionToken: 'bob-session-token',
  arn: `arn:aws:sts::${accountId}:assumed-role/Bob/bob`,
};

type Question = AuthorizationQuestion<S3Principal>;

export interface TestService extends Pick<TestStore, 'key' | 'otherKey' | 'service'> {
  readonly store: TestStore['store'];
  readonly port: number;
  /** `http://127.0.0.1:<port>` or its HTTPS. */
  readonly endpoint: string;
  /** PEM, of an endpoint with TLS. */
  readonly certificatePath: string | undefined;
  readonly questions: Question[];
  readonly lines: S3LogLine[];
  /** What is refused, and why; nothing at first. */
  refuse: (question: Question) => string | undefined;
  /** Beside the real time, which signers take. */
  laterMilliseconds: number;
  dropConnections(): void;
  close(): Promise<void>;
}

/** The embedded store behind a server on loopback. */
export async function openTestService(
  options: {
    readonly tls?: boolean;
    readonly connection?: Partial<S3Connection>;
    readonly idleMilliseconds?: number;
    /** Another's, as after a restart. */
    readonly store?: TestStore['store'];
  } = {},
): Promise<TestService> {
  const { tls = false } = options;
  const stored = await openTestStore({ minimumPartBytes: 1 });
  // Clients that synchronise compare times with those of their own files.
  Object.defineProperty(stored.time, 'now', { get: () => new Date() });
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-s3-'));
  const questions: Question[] = [];
  const lines: S3LogLine[] = [];
  const state = { refuse: (_: Question): string | undefined => undefined, laterMilliseconds: 0 };
  const service = createS3Service<S3Principal>({
    ...{ store: options.store ?? stored.store, region, accountId },
    hostNames: ['127.0.0.1', `s3.${region}.amazonaws.com`, 's3.amazonaws.com', 'localhost'],
    clock: () => new Date(Date.now() + state.laterMilliseconds),
    async authenticate({ accessKeyId, sessionToken }) {
      const found = [alice, bob].find((each) => each.accessKeyId === accessKeyId);
      if (found === undefined) return 'InvalidAccessKeyId';
      if ('sessionToken' in found && found.sessionToken !== sessionToken) return 'InvalidToken';
      const { secretAccessKey, arn } = found;
      return { secretAccessKey, principal: { arn, account: accountId } };
    },
    async authorize(question) {
      questions.push(question);
      const sentence = state.refuse(question);
      return { allowed: sentence === undefined, sentence: sentence ?? '', rule: 'test' };
    },
    resolveKeyArn: async (reference) => {
      const keys = [stored.key, stored.otherKey];
      return keys.find((key) => [key.keyId, key.arn, ...key.aliases].includes(reference))?.arn;
    },
    checkBucketPolicy: async ({ policy }) =>
      policy.startsWith('{')
        ? { isPublic: policy.includes('"Principal":"*"') }
        : { problem: 'Policies must be valid JSON and the first byte must be {' },
    log: (line) => lines.push(line),
    ...(options.idleMilliseconds && { idleMilliseconds: options.idleMilliseconds }),
  });
  const connection = { secureTransport: tls, isLoopback: true, ...options.connection };
  const certificate = tls ? makeCertificate(folder) : undefined;
  const server: Server =
    certificate === undefined
      ? createServer()
      : createTlsServer({ key: certificate.key, cert: certificate.certificate });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void service.handle(request, response, connection);
  });
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    void service.handleContinue(request, response, connection);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    ...{ store: stored.store, key: stored.key, otherKey: stored.otherKey },
    ...{ service: stored.service, port, questions, lines },
    endpoint: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    certificatePath: certificate?.path,
    dropConnections: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await stored.close();
      rmSync(folder, { recursive: true });
    },
  });
}

function makeCertificate(folder: string) {
  const [keyPath, path] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', keyPath, '-out', path],
    ],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(keyPath), certificate: readFileSync(path), path };
}
