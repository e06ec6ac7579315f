import type { IncomingMessage } from 'node:http';

/** Slow senders (Slowloris) hold a connection no longer than this. */
const wholeBodyMilliseconds = 300_000;
const stalledMilliseconds = 60_000;

const deadlines = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/** The whole body has to be there in time; Node's own deadline could not be lifted for one request. */
export function startBodyDeadline(
  request: IncomingMessage,
  _response?: unknown,
  milliseconds = wholeBodyMilliseconds,
): void {
  if (!hasBody(request)) return;
  const timer = setTimeout(() => request.socket.destroy(), milliseconds).unref();
  deadlines.set(request, timer);
  const end = () => clearInterval(deadlines.get(request));
  request.once('end', end).once('close', end);
}

/** From now on the body may take as long as it moves. */
export function allowLongBody(request: IncomingMessage, milliseconds = stalledMilliseconds): void {
  const timer = deadlines.get(request);
  if (timer === undefined) return;
  clearTimeout(timer);
  const { socket } = request;
  let { bytesRead } = socket;
  const looking = setInterval(() => {
    if (socket.bytesRead === bytesRead) socket.destroy();
    else bytesRead = socket.bytesRead;
  }, milliseconds).unref();
  deadlines.set(request, looking);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
