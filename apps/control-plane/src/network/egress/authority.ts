export interface Authority {
  /** A DNS name in lower case without its final dot, or an IP address without brackets. */
  readonly name: string;
  readonly port: number;
}

const dnsName =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const written = /^(?:\[([0-9a-f:.]{2,45})\]|([^:@/?#[\]\\]{1,254}))(?::(\d{1,5}))?$/;

/** `host[:port]` of RFC 3986, section 3.2, without user information; `undefined` where it is not one. */
export function parseAuthority(text: string, defaultPort: number): Authority | undefined {
  const [, bracketed, plain = '', portText] = written.exec(text.toLowerCase()) ?? [];
  const port = portText === undefined ? defaultPort : Number(portText);
  if (port < 1 || port > 65_535) return undefined;
  if (bracketed !== undefined) return { name: bracketed, port };
  const name = plain.endsWith('.') ? plain.slice(0, -1) : plain;
  return dnsName.test(name) ? { name, port } : undefined;
}
