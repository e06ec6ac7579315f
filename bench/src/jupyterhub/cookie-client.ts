import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';

export interface Answer {
  status: number;
  /** Path and query at which the answer came, after redirects. */
  path: string;
  text: string;
}

export interface Cookie {
  name: string;
  value: string;
  path: string;
}

/** A browser's part in HTTP: cookies by path, redirects followed, connections kept. */
export class CookieClient {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true });
  #cookies: Cookie[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  get(path: string): Promise<Answer> {
    return this.#follow('GET', path, {}, undefined);
  }

  postForm(path: string, fields: Record<string, string>): Promise<Answer> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.#follow('POST', path, headers, new URLSearchParams(fields).toString());
  }

  postJson(path: string, body: unknown, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    const all = { 'content-type': 'application/json', ...headers };
    return this.#follow('POST', path, all, JSON.stringify(body));
  }

  cookieHeader(path: string): string {
    return this.cookiesOf(path)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  cookieValue(name: string, path: string): string {
    return this.cookiesOf(path).find((cookie) => cookie.name === name)?.value ?? '';
  }

  /** Those that a browser would send to this path. */
  cookiesOf(path: string): readonly Cookie[] {
    return this.#cookies.filter((cookie) => path.startsWith(cookie.path));
  }

  close(): void {
    this.#agent.destroy();
  }

  async #follow(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    body: string | undefined,
  ): Promise<Answer> {
    const incoming = await this.#send(method, path, headers, body);
    const text = await readText(incoming);
    this.#keepCookies(incoming.headers['set-cookie'] ?? []);
    const status = incoming.statusCode ?? 0;
    const location = incoming.headers.location;
    if (status < 300 || status >= 400 || !location) return { status, path, text };
    const target = new URL(location, `http://127.0.0.1:${this.#port}${path}`);
    return this.#follow('GET', target.pathname + target.search, {}, undefined);
  }

  #send(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    body: string | undefined,
  ): Promise<IncomingMessage> {
    const origin = `http://127.0.0.1:${this.#port}`;
    return new Promise((resolve, reject) => {
      request(
        {
          host: '127.0.0.1',
          port: this.#port,
          path,
          method,
          agent: this.#agent,
          headers: { referer: `${origin}/hub/`, cookie: this.cookieHeader(path), ...headers },
        },
        resolve,
      )
        .once('error', reject)
        .end(body);
    });
  }

  #keepCookies(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1).replace(/^"(.*)"$/, '$1');
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
      this.#cookies = this.#cookies.filter((kept) => kept.name !== name || kept.path !== path);
      if (value !== '') this.#cookies.push({ name, value, path });
    }
  }
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
