import { chmod, open, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { profileNameSchema, StrongroomError } from '@strongroom/contracts';
import type { Logger } from 'pino';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Administration } from '../../identity/administration.ts';
import { newReference } from '../../studios/reference.ts';
import { toErrorReply } from '../error-reply.ts';
import { sendError } from '../plain-reply.ts';

interface OperatorStatus {
  readonly processId: number;
  readonly consoleUrl: string;
  readonly startedAt: string;
  readonly profileCount: number;
  readonly runningAppCount: number;
}

export interface OperatorSocketOptions {
  readonly dataFolder: string;
  readonly administration: Administration;
  readonly audit: AuditLog;
  readonly log: Logger;
  readonly status: () => Promise<OperatorStatus>;
}

const socketName = 'operator.sock';

/**
 * HTTP on a unix socket in the data folder, for the command line tool of whoever runs this
 * installation. The folder (0700) and the socket (0600) are the authentication.
 *
 * - `GET /status`
 * - `POST /people/<profileName>/one-time-password`
 */
export async function openOperatorSocket(
  options: OperatorSocketOptions,
): Promise<{ close(): Promise<void> }> {
  const path = join(options.dataFolder, socketName);
  // Left by a killed process: that none is running is known from the lock on the state.
  await rm(path, { force: true });
  const server = createServer((request, response) => {
    void answer(options, request, response);
  });
  // A socket's address holds 107 bytes (unix(7)); this one is short however deep the folder lies.
  const folder = await open(options.dataFolder, 'r');
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(`/proc/self/fd/${folder.fd}/${socketName}`, resolve);
  });
  await chmod(path, 0o600);
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await rm(path, { force: true });
      await folder.close();
    },
  };
}

async function answer(
  options: OperatorSocketOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reference = newReference();
  try {
    const body = await route(options, `${request.method} ${request.url}`, reference);
    const text = JSON.stringify(body);
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(text);
  } catch (error) {
    options.log.warn({ reference, err: error }, 'Operator request refused');
    sendError(response, toErrorReply(error, reference));
  }
}

async function route(
  { administration, audit, status }: OperatorSocketOptions,
  request: string,
  reference: string,
): Promise<unknown> {
  if (request === 'GET /status') return status();
  const [, name] = /^POST \/people\/([^/?]+)\/one-time-password$/.exec(request) ?? [];
  if (name === undefined) {
    throw new StrongroomError('InvalidRequest', `Cannot answer "${request}": no such route`);
  }
  const parsed = profileNameSchema.safeParse(name);
  if (!parsed.success) {
    throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${name}"`);
  }
  const oneTimePassword = await administration.createOneTimePassword(parsed.data);
  const actor = { profileName: undefined, remoteAddress: 'operator-socket', reference };
  audit.oneTimePasswordCreated(actor, parsed.data);
  return oneTimePassword;
}
