import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { sessionCookieName } from '../console/session-cookie.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
  readonly json: any;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** A string is sent as it is. */
  readonly body?: unknown;
}

/** Sends what a browser that shows the console sends, over a real socket; each part can be replaced. */
export class BrowserDouble {
  readonly port: number;
  readonly host: string;
  cookie: string | undefined;
  csrfToken = '';

  constructor(port: number) {
    this.port = port;
    this.host = `console.localhost:${port}`;
  }

  async send(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const isSafe = method === 'GET' || method === 'HEAD';
    const answer = await exchange({
      ...{ host: '127.0.0.1', port: this.port, path, method, agent: false },
      headers: withoutUndefined({
        host: this.host,
        cookie: this.cookie,
        'sec-fetch-site': 'same-origin',
        ...(isSafe ? {} : { origin: `http://${this.host}`, 'x-strongroom-csrf': this.csrfToken }),
        ...(text === undefined
          ? {}
          : {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(text),
            }),
        ...headers,
      }),
      text,
    });
    this.#keepCookie(answer.headers['set-cookie'] ?? []);
    if (typeof answer.json?.csrfToken === 'string') this.csrfToken = answer.json.csrfToken;
    return answer;
  }

  signIn(profileName: string, password: string): Promise<Answer> {
    return this.send('/api/session', { method: 'POST', body: { profileName, password } });
  }

  #keepCookie(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      if (!pair.startsWith(`${sessionCookieName}=`)) continue;
      this.cookie = line.includes('Max-Age=0') ? undefined : pair;
    }
  }
}

function withoutUndefined(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

function exchange(options: {
  host: string;
  port: number;
  path: string;
  method: string;
  agent: false;
  headers: OutgoingHttpHeaders;
  text: string | undefined;
}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const { statusCode = 0, headers } = incoming;
        resolve({ status: statusCode, headers, text, json: tryParse(text) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(options.text);
  });
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
