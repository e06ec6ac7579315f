import { randomBytes } from 'node:crypto';
import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  request,
} from 'node:http';
import WebSocket from 'ws';
import type { RunningDomain } from './running-domain.ts';

export interface ApiResponse {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the product answered
  json: any;
}

export interface ApiRequest {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: unknown;
}

/** A program that talks to the product over plain HTTP with a cookie jar per host, as a browser (or an attacker) would. */
export class ApiClient {
  readonly #port: number;
  readonly #jars = new Map<string, Map<string, string>>();
  csrfToken = '';

  constructor(domain: RunningDomain) {
    this.#port = domain.port;
  }

  cookieHeader(host: string): string {
    return [...(this.#jars.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** `host` without the port, for example `console.localhost`. */
  send(host: string, path: string, options: ApiRequest = {}): Promise<ApiResponse> {
    const method = options.method ?? 'GET';
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const headers: OutgoingHttpHeaders = {
      host: `${host}:${this.#port}`,
      cookie: this.cookieHeader(host),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'GET' ? {} : { origin: `http://${host}:${this.#port}` }),
      ...(method === 'GET' || host !== 'console.localhost'
        ? {}
        : { 'x-strongroom-csrf': this.csrfToken }),
      ...options.headers,
    };
    return new Promise((resolve, reject) => {
      const outgoing: ClientRequest = request(
        { host: '127.0.0.1', port: this.#port, path, method, headers },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            this.#keepCookies(host, incoming.headers['set-cookie'] ?? []);
            const text = Buffer.concat(chunks).toString();
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              text,
              json: parse(text),
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  console(path: string, options: ApiRequest = {}): Promise<ApiResponse> {
    return this.send('console.localhost', path, options);
  }

  studio(profileName: string, path: string, options: ApiRequest = {}): Promise<ApiResponse> {
    return this.send(`${profileName}.studio.localhost`, path, options);
  }

  async signIn(profileName: string, password: string): Promise<ApiResponse> {
    const answer = await this.console('/api/session', {
      method: 'POST',
      body: { profileName, password },
    });
    if (answer.json?.csrfToken) this.csrfToken = answer.json.csrfToken;
    return answer;
  }

  /** Signs in with the one-time password and chooses a new one, which is returned. */
  async firstSignIn(profileName: string, oneTimePassword: string): Promise<string> {
    const newPassword = randomBytes(18).toString('base64url');
    await this.signIn(profileName, oneTimePassword);
    const changed = await this.console('/api/password', {
      method: 'POST',
      body: { currentPassword: oneTimePassword, newPassword },
    });
    if (changed.status >= 300) throw new Error(`Cannot change the password: ${changed.text}`);
    const session = await this.console('/api/session');
    this.csrfToken = session.json.csrfToken;
    return newPassword;
  }

  /** Asks for a launch and follows it to its end; answers the last Launch. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the product answered
  async launch(profileName: string): Promise<any> {
    const asked = await this.console(`/api/profiles/${profileName}/launches`, {
      method: 'POST',
      body: {},
    });
    if (asked.status >= 300 || asked.json.state !== 'Running') return asked.json;
    const events = await this.console(`/api/launches/${asked.json.launchId}/events`);
    const last = events.text
      .trimEnd()
      .split('\n')
      .filter((line) => line.startsWith('data:'))
      .at(-1);
    return parse(last?.slice('data:'.length) ?? '');
  }

  /** Launches and exchanges the presigned URL, so that this client holds the studio's cookie. */
  async openStudio(profileName: string): Promise<void> {
    const launch = await this.launch(profileName);
    if (launch.state !== 'Ready') throw new Error(`Cannot launch: ${JSON.stringify(launch)}`);
    const url = new URL(launch.presignedUrl);
    const exchanged = await this.studio(profileName, url.pathname + url.search);
    if (exchanged.status !== 303) throw new Error(`Cannot exchange: ${exchanged.status}`);
  }

  webSocket(
    profileName: string,
    path: string,
    headers: Record<string, string> = {},
    protocols: string[] = [],
  ): WebSocket {
    const host = `${profileName}.studio.localhost:${this.#port}`;
    return new WebSocket(`ws://127.0.0.1:${this.#port}${path}`, protocols, {
      headers: {
        host,
        origin: `http://${host}`,
        cookie: this.cookieHeader(`${profileName}.studio.localhost`),
        ...headers,
      },
    });
  }

  #keepCookies(host: string, lines: string[]): void {
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar);
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name.trim());
      else jar.set(name.trim(), value.join('='));
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the product answered
function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
