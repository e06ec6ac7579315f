import { mkdtempSync, rmSync } from 'node:fs';
import { Agent as ConnectionPool, type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ComposeOptions, compose } from '../compose.ts';
import type { AgentEnvironment } from '../environment.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body as JSON; throws where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes, and assert them.
  json(): any;
}

export interface TestAgent {
  readonly home: string;
  readonly lab: string;
  readonly socketPath: string;
  send(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** The composed agent on a real unix socket, with a temporary home and Lab folder. */
export async function startTestAgent(
  overrides: Partial<AgentEnvironment> = {},
  options: ComposeOptions = {},
): Promise<TestAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-test-'));
  const home = overrides.homeFolder ?? mkdtempSync(join(folder, 'home-'));
  const lab = overrides.labFolder ?? mkdtempSync(join(folder, 'lab-'));
  const socketPath = join(folder, 'agent.sock');
  const agent = compose(
    {
      profileName: 'alice',
      displayName: 'Alice Kim',
      language: 'en',
      imageName: 'host-python',
      instanceType: 'system',
      runtimeFolder: mkdtempSync(join(folder, 'run-')),
      socketPath,
      shellEnvironment: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home },
      ...overrides,
      homeFolder: home,
      labFolder: lab,
    },
    options,
  );
  await new Promise<void>((resolve) => agent.server.listen(socketPath, resolve));
  const connections = new ConnectionPool({ keepAlive: true });
  return {
    home,
    lab,
    socketPath,
    send: (method, path, options = {}) =>
      sendRequest({ socketPath, connections, method, path, ...options }),
    async close() {
      connections.destroy();
      await agent.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function sendRequest(options: {
  socketPath: string;
  connections?: ConnectionPool;
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}): Promise<Answer> {
  const { socketPath, connections, method, path, body, headers } = options;
  return await new Promise((resolve, reject) => {
    const outgoing = request(
      { socketPath, method, path, headers, ...(connections && { agent: connections }) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes,
            text,
            json: () => JSON.parse(text),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(
      body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
        ? body
        : JSON.stringify(body),
    );
  });
}
