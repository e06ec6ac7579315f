import { chmod, open, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { StrongroomError } from '@strongroom/contracts';
import type { Logger } from 'pino';
import { newReference } from '../../studios/reference.ts';
import { toErrorReply } from '../error-reply.ts';
import { sendError } from '../plain-reply.ts';

/** One question of the command line tool. */
export interface OperatorRoute {
  /** Of `<method> <path>`. */
  readonly pattern: RegExp;
  answer(question: OperatorQuestion): Promise<unknown>;
}

interface OperatorQuestion {
  readonly match: RegExpExecArray;
  /** Not checked yet. */
  readonly body: unknown;
  readonly reference: string;
}

export interface OperatorSocketOptions {
  readonly dataFolder: string;
  readonly routes: readonly OperatorRoute[];
  readonly log: Logger;
}

const socketName = 'operator.sock';
const maximumBodyCharacters = 64 * 1024;

/**
 * HTTP on a unix socket in the data folder, for the command line tool of whoever runs this
 * installation. The folder (0700) and the socket (0600) are the authentication.
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
  { routes, log }: OperatorSocketOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reference = newReference();
  try {
    const question = `${request.method} ${request.url}`;
    const [route, match] = findRoute(routes, question);
    const body = await route.answer({ reference, match, body: await readBody(request) });
    const text = JSON.stringify(body);
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(text);
  } catch (error) {
    log.warn({ reference, err: error }, 'Operator request refused');
    sendError(response, toErrorReply(error, reference));
  }
}

function findRoute(
  routes: readonly OperatorRoute[],
  question: string,
): [OperatorRoute, RegExpExecArray] {
  for (const route of routes) {
    const match = route.pattern.exec(question);
    if (match !== null) return [route, match];
  }
  throw new StrongroomError('InvalidRequest', `Cannot answer "${question}": no such route`);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > maximumBodyCharacters) {
      throw new StrongroomError('InvalidRequest', 'Cannot read the request: it is too long');
    }
  }
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StrongroomError('InvalidRequest', 'Cannot read the request as JSON', {
      cause: error,
    });
  }
}
