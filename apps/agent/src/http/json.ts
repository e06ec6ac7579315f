import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { AgentError } from './agent-error.ts';
import type { Exchange } from './router.ts';

const compress = promisify(gzip);

const smallestGzipBytes = 1024;
/** Above this, compressing delays the answer more than it saves on a local network. */
const largestGzipBytes = 16 * 1024 * 1024;

const defaultMaximumJsonBytes = 1024 * 1024;

/** The whole body, refused with 413 as soon as it exceeds `maximumBytes`. */
export async function readBody(request: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new AgentError('TooLarge', `The request is larger than ${formatMebibytes(maximumBytes)}`);
  if (Number(request.headers['content-length'] ?? 0) > maximumBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maximumBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, sizeBytes);
}

/** The body as JSON; `undefined` where there is none (Lab sends several POSTs without a body). */
async function readJson(
  request: IncomingMessage,
  options: { maximumBytes?: number } = {},
): Promise<unknown> {
  const body = await readBody(request, options.maximumBytes ?? defaultMaximumJsonBytes);
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (cause) {
    throw new AgentError('InvalidRequest', 'The request body is not valid JSON', { cause });
  }
}

/** The body as a JSON object; an absent body is an empty one. */
export async function readJsonObject(
  request: IncomingMessage,
  options: { maximumBytes?: number } = {},
): Promise<Readonly<Record<string, unknown>>> {
  const value = (await readJson(request, options)) ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AgentError('InvalidRequest', 'The request body must be a JSON object');
  }
  return value as Record<string, unknown>;
}

export async function sendJson(
  exchange: Pick<Exchange, 'request' | 'response'>,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  await sendText(exchange, {
    status,
    text: JSON.stringify(value),
    contentType: 'application/json; charset=utf-8',
    headers,
  });
}

export interface TextAnswer {
  readonly status: number;
  readonly text: string;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends text, compressed where the client accepts gzip and it is worth it. */
export async function sendText(
  exchange: Pick<Exchange, 'request' | 'response'>,
  answer: TextAnswer,
): Promise<void> {
  const { request, response } = exchange;
  let body: Buffer = Buffer.from(answer.text, 'utf8');
  response.statusCode = answer.status;
  response.setHeader('content-type', answer.contentType);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (body.length > smallestGzipBytes && body.length <= largestGzipBytes) {
    response.appendHeader('vary', 'accept-encoding');
    if (/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
      response.setHeader('content-encoding', 'gzip');
      body = await compress(body, { level: constants.Z_BEST_SPEED });
    }
  }
  response.setHeader('content-length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function sendNoContent(exchange: Pick<Exchange, 'response'>): void {
  exchange.response.statusCode = 204;
  exchange.response.end();
}

function formatMebibytes(bytes: number): string {
  return `${Math.floor(bytes / (1024 * 1024))} MiB`;
}
