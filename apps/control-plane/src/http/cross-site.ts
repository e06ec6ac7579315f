import type { IncomingHttpHeaders } from 'node:http';
import { StrongroomError } from '@strongroom/contracts';

export interface CrossSiteCheck {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** This origin, as a browser writes it. */
  readonly origin: string;
  /** A page that a link on another site may open; never an API or a file. */
  readonly isPage: boolean;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isSafeMethod(method: string): boolean {
  return safeMethods.has(method);
}

/**
 * Refuses what another origin's page sends in a person's name. All our studios are one *site*
 * (`alice.studio.localhost` and `bob.studio.localhost`), so a cookie's SameSite does not keep them
 * apart: only an exact origin does (W3C Fetch Metadata; RFC 6454).
 *
 * @throws {StrongroomError} `CrossSiteRequest`
 */
export function refuseCrossSite(check: CrossSiteCheck): void {
  const why = crossSiteReason(check);
  if (why === undefined) return;
  throw new StrongroomError('CrossSiteRequest', `Cannot accept this request: ${why}`, {
    remedy: 'Open the page itself and do it there.',
  });
}

function crossSiteReason({ method, headers, origin, isPage }: CrossSiteCheck): string | undefined {
  if (!isSafeMethod(method) && headers.origin !== origin) {
    return 'it was not sent by a page of this origin';
  }
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return undefined;
  const isNavigation =
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document';
  if (isPage && isNavigation) return undefined;
  return 'another site sent it';
}
