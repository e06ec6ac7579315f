import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import { KernelWebSocket } from '../kernel-web-socket.ts';
import type { CookieClient } from './cookie-client.ts';

const pollMilliseconds = 20;
const connectionAttempts = 20;
const reconnectMilliseconds = 1_000;

interface HubPersonOptions {
  userName: string;
  client: CookieClient;
  port: number;
  serviceToken: string;
}

/** One person in JupyterHub and what their browser does from the click on. */
export class HubPerson {
  readonly #options: HubPersonOptions;
  readonly #base: string;

  constructor(options: HubPersonOptions) {
    this.#options = options;
    this.#base = `/user/${options.userName}`;
  }

  /** The click: spawns the server, waits as the pending page does, and opens the first page. */
  async openServer(): Promise<void> {
    const { client, userName } = this.#options;
    await client.get(`/hub/spawn/${userName}`);
    await this.#serverReady();
    const page = await client.get(`${this.#base}/tree`);
    if (page.status !== 200) throw new Error(`The person's server answered ${page.status}`);
  }

  get pageUrl(): string {
    return `http://127.0.0.1:${this.#options.port}${this.#base}/tree`;
  }

  /** For a browser that is to be this person. */
  browserCookies(): { name: string; value: string; url: string }[] {
    return this.#options.client.cookiesOf(`${this.#base}/tree`).map(({ name, value, path }) => ({
      name,
      value,
      url: `http://127.0.0.1:${this.#options.port}${path}`,
    }));
  }

  async startKernel(): Promise<KernelWebSocket> {
    return this.#connectKernel(await this.#createKernel());
  }

  /**
   * Starts a kernel and runs its first cell. A server under load closes the WebSocket before the
   * kernel is there; its page connects again, and so does this. One that has given a kernel up
   * answers 404; its person then starts another.
   */
  async runFirstCell(code: string): Promise<KernelWebSocket> {
    let kernelId = await this.#createKernel();
    for (let attempt = 1; ; attempt += 1) {
      try {
        const kernel = await this.#connectKernel(kernelId);
        await kernel.execute(code);
        return kernel;
      } catch (error) {
        if (attempt === connectionAttempts) throw error;
        await delay(reconnectMilliseconds);
        if (String(error).includes('404')) kernelId = await this.#createKernel();
      }
    }
  }

  async #createKernel(): Promise<string> {
    const { client } = this.#options;
    const path = `${this.#base}/api/kernels`;
    const token = { 'x-xsrftoken': client.cookieValue('_xsrf', path) };
    const started = await client.postJson(path, { name: 'python3' }, token);
    if (started.status !== 201) throw new Error(`The person's server answered ${started.status}`);
    return (JSON.parse(started.text) as { id: string }).id;
  }

  #connectKernel(kernelId: string): Promise<KernelWebSocket> {
    const { client, port } = this.#options;
    const channels = `${this.#base}/api/kernels/${kernelId}/channels`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}${channels}`, {
      headers: { origin: `http://127.0.0.1:${port}`, cookie: client.cookieHeader(channels) },
      maxPayload: 0,
    });
    return KernelWebSocket.over(socket);
  }

  /** Stops the server as JupyterHub's own idle culler does. */
  async stopServer(): Promise<void> {
    let status = await this.#administer('DELETE', 'server');
    while (status === 202 || status === 400) {
      await delay(pollMilliseconds);
      status = (await this.#serverIsListed()) ? 202 : 204;
    }
  }

  /** The pending page listens to the progress events; the last one says ready. */
  async #serverReady(): Promise<void> {
    const { client, userName } = this.#options;
    const events = await client.get(`/hub/api/users/${userName}/server/progress`);
    if (!events.text.includes('"ready": true')) {
      throw new Error(`JupyterHub did not start the server: ${events.text.slice(-300)}`);
    }
  }

  async #serverIsListed(): Promise<boolean> {
    const { client, userName } = this.#options;
    const answer = await client.get(`/hub/api/users/${userName}`);
    const user = JSON.parse(answer.text) as { server: string | null; pending: string | null };
    return user.server !== null || user.pending !== null;
  }

  #administer(method: string, resource: string): Promise<number> {
    const { port, userName, serviceToken } = this.#options;
    return new Promise((resolve, reject) => {
      request(
        {
          host: '127.0.0.1',
          port,
          method,
          path: `/hub/api/users/${userName}/${resource}`,
          headers: { authorization: `token ${serviceToken}` },
        },
        (incoming) => {
          incoming.resume();
          incoming.once('end', () => resolve(incoming.statusCode ?? 0));
        },
      )
        .once('error', reject)
        .end();
    });
  }
}
