/** A request's target in origin form (RFC 9112, section 3.2.1), checked. */
export interface RequestTarget {
  /** As it was sent: what is passed on is what was checked. */
  readonly raw: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
}

const maximumTargetCharacters = 16 * 1024;

/**
 * `undefined` for anything that two parsers could read differently: not in origin form, `.` and `..`
 * segments in whatever spelling, backslashes, NUL, percent-encoding that is not UTF-8.
 */
export function parseRequestTarget(raw: string | undefined): RequestTarget | undefined {
  if (raw === undefined || raw.length > maximumTargetCharacters) return undefined;
  // Printable ASCII without `#`, `\` and the quotes that no URL has.
  if (!/^\/(?!\/)[\x21\x24-\x5b\x5d-\x7e]*$/.test(raw)) return undefined;
  const [path = '', ...rest] = raw.split('?');
  const decoded = decode(path);
  if (decoded === undefined || decoded.includes('\0')) return undefined;
  if (decoded.split(/[/\\]/).some((segment) => segment === '.' || segment === '..')) {
    return undefined;
  }
  return { raw, path, query: new URLSearchParams(rest.join('?')) };
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
