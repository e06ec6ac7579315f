/** The head of an HTTP/1.x request that leaves no doubt about what it asks of whom. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  /** In the order and spelling of the request, without what concerns this connection alone. */
  readonly headerLines: readonly string[];
  /** The one Host header, in lower case; `undefined` where there is none. */
  readonly host: string | undefined;
  /** What follows the head. */
  readonly rest: Buffer;
}

export type ReadHead =
  | { readonly kind: 'more' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'head'; readonly head: RequestHead };

export const maximumHeadBytes = 32 * 1024;
const requestLine = /^([A-Z]{1,32}) ([\x21-\x7e]{1,16000}) (HTTP\/1\.[01])$/;
/** RFC 9110, section 5.6.2: a field name is a token, and nothing stands between it and the colon. */
const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}):[ \t]*([\x20-\x7e\x80-\xff\t]*)$/;
/** RFC 9110, section 7.6.1, and what is for a proxy alone. */
const hopNames: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'upgrade', 'te'],
]);
const onceOnlyNames: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding']);

/**
 * Strict on purpose: what two readers could understand in two ways is refused and not mended
 * (RFC 9112, section 11.2, "Request Smuggling").
 */
export function readRequestHead(bytes: Buffer): ReadHead {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) {
    const isHopeless = bytes.length > maximumHeadBytes || hasBareLineEnd(bytes);
    return { kind: isHopeless ? 'invalid' : 'more' };
  }
  if (end > maximumHeadBytes || hasBareLineEnd(bytes.subarray(0, end))) return { kind: 'invalid' };
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [, method, target, version] = requestLine.exec(first) ?? [];
  if (method === undefined || target === undefined || version === undefined) {
    return { kind: 'invalid' };
  }
  const headers = readHeaders(lines);
  if (headers === undefined) return { kind: 'invalid' };
  const rest = bytes.subarray(end + 4);
  return { kind: 'head', head: { method, target, version, rest, ...headers } };
}

/** A line end that is not CRLF, which some readers take for one. */
function hasBareLineEnd(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    if (at === 0 || bytes[at - 1] !== 0x0d) return true;
  }
  return false;
}

function readHeaders(
  lines: readonly string[],
): Pick<RequestHead, 'headerLines' | 'host'> | undefined {
  const seen = new Map<string, string>();
  const headerLines: string[] = [];
  for (const line of lines) {
    const [, name, value] = headerLine.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    const key = name.toLowerCase();
    if (seen.has(key) && onceOnlyNames.has(key)) return undefined;
    seen.set(key, value.trim());
    if (!hopNames.has(key)) headerLines.push(line);
  }
  if (seen.has('content-length') && seen.has('transfer-encoding')) return undefined;
  if (!/^(?:\d{1,15})?$/.test(seen.get('content-length') ?? '')) return undefined;
  if (!/^(?:chunked)?$/i.test(seen.get('transfer-encoding') ?? '')) return undefined;
  return { headerLines, host: seen.get('host')?.toLowerCase() };
}

/** The head as it goes on: for one request, after which the connection ends. */
export function writeRequestHead(head: RequestHead, target: string): Buffer {
  const lines = [`${head.method} ${target} ${head.version}`, ...head.headerLines];
  return Buffer.from(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`, 'latin1');
}
