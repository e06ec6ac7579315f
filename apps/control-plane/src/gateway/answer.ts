import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Language } from '@strongroom/contracts';
import { setHeaders } from '../http/security-headers.ts';
import { noticePage, noticePolicy } from './notice-page.ts';
import type { Refusal } from './refusal.ts';
import { dataPolicy, studioHeaders } from './security-headers.ts';

/** Of the installation. */
export interface AnswerContext {
  readonly hasTls: boolean;
}

export function answerJson(response: ServerResponse, value: unknown, context: AnswerContext): void {
  setHeaders(response, studioHeaders(dataPolicy, context));
  sendText(response, 200, 'application/json', JSON.stringify(value));
}

export function answerRedirect(
  response: ServerResponse,
  location: string,
  context: AnswerContext,
): void {
  setHeaders(response, studioHeaders(dataPolicy, context));
  response.writeHead(303, { location, 'content-length': 0 }).end();
}

export function answerNothing(response: ServerResponse, context: AnswerContext): void {
  setHeaders(response, studioHeaders(dataPolicy, context));
  response.writeHead(204).end();
}

/** A page where a person looks at it, else the error body of every API. */
export function answerRefusal(
  response: ServerResponse,
  refusal: Refusal,
  shown: { readonly isPage: boolean; readonly language: Language; readonly consoleUrl: string },
  context: AnswerContext,
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  setHeaders(response, studioHeaders(shown.isPage ? noticePolicy : dataPolicy, context));
  setHeaders(response, refusal.headers);
  if (shown.isPage) {
    const html = noticePage(refusal, shown.language, shown.consoleUrl);
    sendText(response, refusal.status, 'text/html', html);
  } else {
    sendText(response, refusal.status, 'application/json', JSON.stringify(refusal.body));
  }
}

/** Whether a person will look at the answer, as far as the browser says. */
export function isLookedAt({ headers, method }: IncomingMessage): boolean {
  if (method !== 'GET') return false;
  const destination = headers['sec-fetch-dest'];
  if (destination !== undefined) return destination === 'document' || destination === 'iframe';
  return /\btext\/html\b/.test(headers.accept ?? '');
}

/** A refused handshake: a browser shows no body, other programs may. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal, context: AnswerContext): void {
  const body = JSON.stringify(refusal.body);
  const headers = {
    ...studioHeaders(dataPolicy, context),
    ...refusal.headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${refusal.status} Refused\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

export function sendText(
  response: ServerResponse,
  status: number,
  type: 'text/html' | 'application/json',
  text: string,
): void {
  response.setHeader('content-type', `${type}; charset=utf-8`);
  response.setHeader('content-length', Buffer.byteLength(text));
  response.writeHead(status).end(response.req.method === 'HEAD' ? undefined : text);
}
