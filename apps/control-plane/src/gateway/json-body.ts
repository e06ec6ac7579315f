import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { parse } from '../http/console/parse-request.ts';
import { invalidRequest } from './refusal.ts';

/** 500 names, a note and a path. */
const maximumBytes = 64 * 1024;

/** What Lab sends to the platform. @throws {StrongroomError} `InvalidRequest` */
export async function readJsonBody<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.output<Schema>> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw invalidRequest('This address takes JSON');
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maximumBytes) {
      request.resume();
      throw invalidRequest('This request is too large');
    }
    chunks.push(chunk);
  }
  return parse(parseJson(Buffer.concat(chunks).toString('utf8')), schema);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest('This request is not JSON');
  }
}
