import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { FlowLog } from '../flows/flow-log.ts';
import type { StudioConnection, StudioOnNetwork } from '../studio-connection.ts';

/** Answers one request of a studio; who asks is known from the connection alone. */
export type AnswerStudio = (
  request: IncomingMessage,
  response: ServerResponse,
  studio: StudioOnNetwork,
) => Promise<void>;

export interface HttpSiteOptions {
  /** As the flow log names it. */
  readonly endpoint: string;
  readonly answer: AnswerStudio;
  readonly flowLog: FlowLog;
  readonly clock: Clock;
}

const idleMilliseconds = 60_000;
const headMilliseconds = 10_000;
/** Ended then, however busy: whoever needs longer connects again. */
const longestMilliseconds = 15 * 60_000;

/** HTTP on sockets that somebody else accepted. */
export class HttpOnSockets {
  readonly #server: Server;
  readonly #served = new WeakMap<object, { studio: StudioOnNetwork; head: NodeJS.Timeout }>();

  constructor(answer: AnswerStudio) {
    this.#server = createServer(
      { maxHeaderSize: 16 * 1024, keepAliveTimeout: 30_000, headersTimeout: headMilliseconds },
      (request, response) => {
        const served = this.#served.get(request.socket);
        if (served === undefined) return void request.socket.destroy();
        clearTimeout(served.head);
        answer(request, response, served.studio).catch(() => {
          if (!response.headersSent) response.writeHead(500);
          response.end();
        });
      },
    );
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  serve(socket: Socket, studio: StudioOnNetwork): void {
    // A head that comes a byte at a time is not waited for (slow-loris).
    const head = setTimeout(() => socket.destroy(), headMilliseconds);
    const longest = setTimeout(() => socket.destroy(), longestMilliseconds);
    this.#served.set(socket, { studio, head });
    socket.setTimeout(idleMilliseconds, () => socket.destroy());
    socket.once('close', () => {
      clearTimeout(head);
      clearTimeout(longest);
    });
    this.#server.emit('connection', socket);
    // It arrived paused.
    socket.resume();
  }
}

/** One record of a connection to a site of ours, when it is over. */
export function recordAtEnd(
  { socket, studio, ...connection }: StudioConnection,
  { flowLog, clock, endpoint }: Pick<HttpSiteOptions, 'flowLog' | 'clock' | 'endpoint'>,
  outcome: { isAccepted: boolean; name: string | undefined },
): void {
  const { destinationAddress, destinationPort, startedAt } = connection;
  const sourcePort = socket.remotePort ?? 0;
  socket.once('close', () =>
    flowLog.record({
      ...{ studio, destinationAddress, destinationPort, startedAt, endedAt: clock() },
      ...{ protocol: 'tcp', sourcePort, reachedAddress: undefined, endpoint },
      action: outcome.isAccepted ? 'ACCEPT' : 'REJECT',
      ...{ rule: `endpoint/${endpoint}`, name: outcome.name },
      ...{ sentBytes: socket.bytesRead, receivedBytes: socket.bytesWritten },
    }),
  );
}
