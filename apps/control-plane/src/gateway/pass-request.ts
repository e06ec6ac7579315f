import { type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { StrongroomError } from '@strongroom/contracts';
import { type AgentConnection, explainAgentError } from './agent-connection.ts';
import { agentRequestHeaders } from './request-headers.ts';
import { browserHeaders } from './response-headers.ts';

export interface PassRequestOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: AgentConnection;
  /** As it was sent and checked. */
  readonly target: string;
  readonly ownOrigin: string;
  readonly timeouts: AgentTimeouts;
}

export interface AgentTimeouts {
  /** From the end of the request to the beginning of the answer. */
  readonly answerMilliseconds: number;
  /** Without a byte taken or given while the other side waits for it. */
  readonly stallMilliseconds: number;
}

const maximumAgentHeaderBytes = 32 * 1024;

/**
 * Passes one request to the agent and its answer back, streaming both ways at the pace of the slower
 * side. Settles when the answer is complete or the connection is over.
 *
 * @throws {StrongroomError} `StudioStopped` where nothing was answered yet
 */
export function passRequest(options: PassRequestOptions): Promise<void> {
  const { request, response, connection, target, ownOrigin, timeouts } = options;
  return new Promise((resolve, reject) => {
    const upstream = sendRequest({
      method: request.method,
      path: target,
      headers: agentRequestHeaders(request),
      createConnection: () => connection.socket,
      maxHeaderSize: maximumAgentHeaderBytes,
      // Refuse what a lenient parser would guess at.
      insecureHTTPParser: false,
    });
    let answerTimer: NodeJS.Timeout | undefined;
    let isAnswered = false;
    const fail = (error: StrongroomError) => {
      clearTimeout(answerTimer);
      connection.close();
      if (response.headersSent) {
        // Too late for an error: the browser must see that the answer is incomplete.
        response.destroy();
        return resolve();
      }
      reject(error);
    };
    const awaitAnswer = () => {
      if (isAnswered) return;
      answerTimer = setTimeout(
        () => fail(stopped('did not answer in time')),
        timeouts.answerMilliseconds,
      );
    };

    connection.socket.setTimeout(timeouts.stallMilliseconds, () => {
      if (response.headersSent) return;
      if (upstream.writableNeedDrain) fail(stopped('stopped reading what it was sent'));
    });
    upstream.on('error', (error) => {
      // An agent may answer, refuse what it was being sent and close: its answer still counts.
      if (!isAnswered) fail(explainAgentError(error));
    });
    upstream.once('upgrade', () => fail(stopped('answered with something else than was asked')));
    upstream.once('response', (answer) => {
      clearTimeout(answerTimer);
      isAnswered = true;
      if ((answer.statusCode ?? 0) >= 400) request.unpipe(upstream).resume();
      try {
        response.writeHead(answer.statusCode ?? 502, browserHeaders(answer.headers, ownOrigin));
      } catch (error) {
        return fail(stopped('answered with something that is not HTTP', error));
      }
      // At once: the body may come much later.
      response.flushHeaders();
      pourAnswer(answer, response, connection);
    });
    response.once('close', () => {
      clearTimeout(answerTimer);
      connection.close();
      resolve();
    });
    request.on('error', () => connection.close());

    if (hasBody(request)) {
      request.pipe(upstream);
      request.once('end', awaitAnswer);
    } else {
      upstream.end();
      awaitAnswer();
    }
  });
}

/** An agent that stops in the middle is cut off; a browser that reads slowly is not. */
function pourAnswer(
  answer: IncomingMessage,
  response: ServerResponse,
  connection: AgentConnection,
): void {
  connection.socket.on('timeout', () => {
    if (!response.writableNeedDrain) response.destroy();
  });
  answer.on('error', () => response.destroy());
  answer.once('close', () => {
    if (!answer.complete) response.destroy();
  });
  answer.pipe(response);
}

function stopped(how: string, cause?: unknown): StrongroomError {
  return new StrongroomError('StudioStopped', `The studio's server ${how}`, {
    remedy: 'Try again. If it fails again, stop the studio in the console and launch it',
    cause,
  });
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}
