import { type IncomingMessage, request as sendRequest } from 'node:http';
import {
  type ErrorCode,
  type ShareCheck,
  StrongroomError,
  shareSourceHeaderSchema,
} from '@strongroom/contracts';
import { z } from 'zod';
import type { Person } from '../identity/person.ts';
import type { ShareSource, SourceWish } from '../shares/share-writer.ts';
import { tooLarge } from '../shares/share-writer.ts';
import type { Studios } from '../studios/studios.ts';
import { type AgentConnection, askAgent, explainAgentError } from './agent-connection.ts';

const route = '/api/strongroom/share-source';
const answerMilliseconds = 60_000;
/** 200 findings at most. */
const maximumHeaderBytes = 256 * 1024;
const maximumErrorBytes = 64 * 1024;
const lineFeed = 0x0a;

/** The agent's own codes, in ours. */
const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ['InvalidNotebook', 'NotANotebook'],
  ['TooLarge', 'NotebookTooLarge'],
  ['NotFound', 'FileNotFound'],
  ['Refused', 'FileRefused'],
  ['InvalidPath', 'FileRefused'],
  ['InvalidRequest', 'FileRefused'],
  ['DiskFull', 'DiskFull'],
]);
const refusalSchema = z.object({
  reason: z.string(),
  message: z
    .string()
    .transform((text) => text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, ' ').slice(0, 500)),
});

/**
 * Asks a studio for a notebook. The agent reads it where links and odd files lead nowhere else, and
 * stops one that must not leave; nothing it says of a notebook that it gives counts.
 *
 * @throws {StrongroomError} `NotANotebook`, `NotebookTooLarge`, `FileNotFound`, `FileRefused`, `StudioStopped`
 */
export async function readShareSource(
  studios: Pick<Studios, 'visit'>,
  person: Person,
  wish: SourceWish,
): Promise<ShareSource> {
  let source: ShareSource | undefined;
  await askAgent({ studios, person, isRepeatable: () => true }, async (connection) => {
    try {
      source = await ask(connection, wish);
    } finally {
      connection.close();
    }
  });
  if (source === undefined) throw strange();
  return source;
}

async function ask(connection: AgentConnection, wish: SourceWish): Promise<ShareSource> {
  const answer = await send(connection, JSON.stringify(wish));
  if (answer.statusCode !== 200) throw await refusalIn(answer);
  const body = await readAll(answer, wish.maximumBytes + maximumHeaderBytes, () =>
    tooLarge(wish.maximumBytes),
  );
  const end = body.subarray(0, maximumHeaderBytes).indexOf(lineFeed);
  if (end === -1) throw strange();
  const rest = body.subarray(end + 1);
  if (rest.length > 0) return { kind: 'notebook', bytes: rest };
  return { kind: 'stopped', check: parseCheck(body.toString('utf8', 0, end)) };
}

function send({ socket }: AgentConnection, text: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(), answerMilliseconds);
    socket.once('close', () => clearTimeout(timer));
    const upstream = sendRequest({
      ...{ method: 'POST', path: route, createConnection: () => socket },
      headers: {
        ...{ host: 'agent', 'content-type': 'application/json' },
        ...{ 'content-length': Buffer.byteLength(text), connection: 'close' },
      },
      insecureHTTPParser: false,
    });
    upstream.once('error', (error) => reject(explainAgentError(error)));
    upstream.once('upgrade', () => reject(strange()));
    upstream.once('response', resolve);
    upstream.end(text);
  });
}

async function readAll(
  answer: IncomingMessage,
  maximumBytes: number,
  refuse: () => StrongroomError,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > maximumBytes) throw refuse();
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof StrongroomError ? error : strange(error);
  }
  if (!answer.complete) throw strange();
  return Buffer.concat(chunks, sizeBytes);
}

async function refusalIn(answer: IncomingMessage): Promise<StrongroomError> {
  const body = await readAll(answer, maximumErrorBytes, strange);
  const parsed = refusalSchema.safeParse(parseJson(body.toString('utf8')));
  const code = codes.get(parsed.data?.reason ?? '');
  if (parsed.data === undefined || code === undefined) return strange();
  return new StrongroomError(code, parsed.data.message, { values: { why: parsed.data.message } });
}

function parseCheck(line: string): ShareCheck {
  const parsed = shareSourceHeaderSchema.safeParse(parseJson(line));
  // Nothing came with it, so it was stopped, whatever it says.
  if (parsed.success) return { ...parsed.data.check, isBlocked: true };
  throw strange();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function strange(cause?: unknown): StrongroomError {
  const message = "Cannot read the notebook: the studio's server did not give it";
  return new StrongroomError('StudioStopped', message, {
    remedy: 'Try again. If it fails again, stop the studio in the console and launch it',
    cause,
  });
}
