import type { IncomingHttpHeaders } from 'node:http';

/**
 * INVARIANT: an allow-list. An agent can neither set a cookie nor weaken a policy of this origin, nor
 * send the browser elsewhere.
 */
const passedNames = [
  'accept-ranges',
  'allow',
  'content-disposition',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
  'retry-after',
  'vary',
] as const;

const maximumValueCharacters = 8 * 1024;

/** What of an agent's answer goes on to the browser. `ownOrigin`: where a redirect must stay. */
export function browserHeaders(
  headers: IncomingHttpHeaders,
  ownOrigin: string,
): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of passedNames) {
    const value = headers[name];
    if (typeof value === 'string' && isPrintable(value)) passed[name] = value;
  }
  const location =
    headers.location === undefined ? undefined : localPath(headers.location, ownOrigin);
  if (location !== undefined) passed.location = location;
  return passed;
}

/** The path of a redirect within this origin; `undefined` for one that leads elsewhere. */
function localPath(location: string, ownOrigin: string): string | undefined {
  if (!location.startsWith('/') || !isPrintable(location)) return undefined;
  const url = tryParse(location, ownOrigin);
  if (url === undefined || url.origin !== ownOrigin) return undefined;
  return `${url.pathname}${url.search}${url.hash}`;
}

function tryParse(location: string, base: string): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}

function isPrintable(value: string): boolean {
  return value.length <= maximumValueCharacters && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
