import type { IncomingHttpHeaders } from 'node:http';

export interface RequestOrigin {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** This studio's own origin. */
  readonly ownOrigin: string;
  /** A link on another site may lead here. */
  readonly isPage: boolean;
  readonly isWebSocket: boolean;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Whether a page of another origin made the request with this person's cookie.
 *
 * SameSite does not tell: two studios are one site to a browser. So what changes something, and every
 * WebSocket, must name this origin; and where the browser says how the request came about (Fetch
 * Metadata), only this origin's own pages and plain navigation to a page are taken.
 */
export function isFromElsewhere(request: RequestOrigin): boolean {
  const { method, headers, ownOrigin, isPage, isWebSocket } = request;
  const { origin } = headers;
  if (origin !== undefined && origin !== ownOrigin) return true;
  if (origin === undefined && (isWebSocket || !safeMethods.has(method))) return true;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  const isNavigation =
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document';
  return !(isPage && isNavigation);
}
