import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CookieClient } from './cookie-client.ts';
import { type HubConfiguration, writeHubConfiguration } from './hub-configuration.ts';
import { HubPerson } from './hub-person.ts';

const startTimeoutMilliseconds = 60_000;
const pollMilliseconds = 20;

/** JupyterHub itself, started in a folder of its own. */
export class RunningHub {
  readonly processId: number;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #configuration: HubConfiguration;

  private constructor(child: ChildProcess, folder: string, configuration: HubConfiguration) {
    this.#child = child;
    this.#folder = folder;
    this.#configuration = configuration;
    this.processId = child.pid ?? 0;
  }

  static async start(): Promise<RunningHub> {
    const folder = await mkdtemp(join(tmpdir(), 'strongroom-bench-hub-'));
    const configuration = await writeHubConfiguration(folder);
    const child = spawn('/usr/bin/jupyterhub', ['--config', configuration.configurationFile], {
      cwd: folder,
      // Debian's Python alone: another one earlier on the path would lack the packages.
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const log = createWriteStream(join(folder, 'hub.log'));
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    const hub = new RunningHub(child, folder, configuration);
    try {
      await hub.#answers();
    } catch (error) {
      await hub.stop();
      throw error;
    }
    return hub;
  }

  /** A person who has signed in and has no server yet. */
  async signIn(userName: string): Promise<HubPerson> {
    const client = new CookieClient(this.#configuration.port);
    await client.get('/hub/login');
    const fields = { username: userName, password: 'unused' };
    const answer = await client.postForm('/hub/login?next=%2Fhub%2Fhome', fields);
    if (answer.status !== 200) throw new Error(`JupyterHub refused the sign-in: ${answer.status}`);
    const { port, serviceToken } = this.#configuration;
    return new HubPerson({ userName, client, port, serviceToken });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await Promise.race([exited, delay(20_000, undefined, { ref: false })]);
    }
    try {
      // Its own process group: single-user servers that outlived the hub end with it.
      process.kill(-this.processId, 'SIGKILL');
    } catch {
      // Nothing of it is left.
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #answers(): Promise<void> {
    const client = new CookieClient(this.#configuration.port);
    const deadline = performance.now() + startTimeoutMilliseconds;
    while (performance.now() < deadline) {
      if (this.#child.exitCode !== null) break;
      const status = await client.get('/hub/login').then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 200) return client.close();
      await delay(pollMilliseconds);
    }
    client.close();
    throw new Error('JupyterHub did not start within a minute');
  }
}
