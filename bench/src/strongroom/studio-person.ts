import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiClient } from '@strongroom/tests/support/api-client.ts';
import type { RunningDomain } from '@strongroom/tests/support/running-domain.ts';
import { KernelWebSocket } from '../kernel-web-socket.ts';

export interface StartedKernel {
  socket: KernelWebSocket;
  /** The path on the host of the file by which the kernel is reached; readable by root. */
  connectionFile(): Promise<string>;
}

interface RunningApp {
  appType: string;
  stage: string;
  appId: string;
  kernelId: string | null;
}

/** One person in Strongroom and what their browser does from the click on. */
export class StudioPerson {
  readonly profileName: string;
  readonly #domain: RunningDomain;
  readonly #client: ApiClient;
  readonly #password: string;

  private constructor(domain: RunningDomain, client: ApiClient, profileName: string, pass: string) {
    this.#domain = domain;
    this.#client = client;
    this.profileName = profileName;
    this.#password = pass;
  }

  /** A person who has signed in, changed their one-time password, and has no studio yet. */
  static async signIn(domain: RunningDomain, profileName: string): Promise<StudioPerson> {
    const client = new ApiClient(domain);
    const oneTimePassword = domain.oneTimePasswords.get(profileName);
    if (!oneTimePassword) throw new Error(`The start printed no password of "${profileName}"`);
    const password = await client.firstSignIn(profileName, oneTimePassword);
    return new StudioPerson(domain, client, profileName, password);
  }

  /** Signs in again, as on another morning. */
  async signInAgain(): Promise<void> {
    await this.#client.signIn(this.profileName, this.#password);
  }

  /** The click: launches, follows the stages, exchanges the presigned URL, and opens Lab's page. */
  async openStudio(): Promise<void> {
    await this.#client.openStudio(this.profileName);
    const page = await this.#client.studio(this.profileName, '/lab');
    if (page.status !== 200) throw new Error(`The studio answered ${page.status} to /lab`);
  }

  /** A launch's presigned URL, not exchanged yet, for a browser to open. */
  async presignedUrl(): Promise<string> {
    const launch = await this.#client.launch(this.profileName);
    if (launch.state !== 'Ready') throw new Error(`Cannot launch: ${JSON.stringify(launch)}`);
    return launch.presignedUrl;
  }

  /** What runs in the studio, as Lab asks for it. */
  async runningApps(): Promise<RunningApp[]> {
    const answer = await this.#client.studio(this.profileName, '/strongroom/api/compute/apps');
    if (answer.status !== 200) throw new Error(`Cannot list apps: ${answer.text}`);
    return answer.json.apps;
  }

  /** Opens a notebook's session; answers its id and the kernel that it got. */
  async openSession(path: string): Promise<{ sessionId: string; socket: KernelWebSocket }> {
    const answer = await this.#client.studio(this.profileName, '/api/sessions', {
      method: 'POST',
      body: { path, name: path, type: 'notebook', kernel: { name: 'python3' } },
    });
    if (answer.status !== 201) throw new Error(`Cannot open a session: ${answer.text}`);
    return { sessionId: answer.json.id, socket: await this.#connect(answer.json.kernel.id) };
  }

  /** The same notebook on another size. */
  async changeInstanceType(sessionId: string, instanceType: string): Promise<KernelWebSocket> {
    const answer = await this.#client.studio(this.profileName, `/api/sessions/${sessionId}`, {
      method: 'PATCH',
      body: { kernel: { name: 'python3', instance_type: instanceType } },
    });
    if (answer.status !== 200) throw new Error(`Cannot change the type: ${answer.text}`);
    return this.#connect(answer.json.kernel.id);
  }

  async startKernel(): Promise<StartedKernel> {
    const started = await this.#client.studio(this.profileName, '/api/kernels', {
      method: 'POST',
      body: { name: 'python3' },
    });
    if (started.status !== 201) throw new Error(`Cannot start a kernel: ${started.text}`);
    const kernelId: string = started.json.id;
    const socket = await this.#connect(kernelId);
    return { socket, connectionFile: () => this.#connectionFileOf(kernelId) };
  }

  #connect(kernelId: string): Promise<KernelWebSocket> {
    const path = `/api/kernels/${kernelId}/channels?session_id=${randomUUID()}`;
    return KernelWebSocket.over(this.#client.webSocket(this.profileName, path));
  }

  /** Of a notebook. */
  async kernelIdOf(sessionId: string): Promise<string> {
    const answer = await this.#client.studio(this.profileName, `/api/sessions/${sessionId}`);
    if (answer.status !== 200) throw new Error(`Cannot read the session: ${answer.text}`);
    return answer.json.kernel.id;
  }

  /** One request that only the agent can answer. */
  async askAgent(): Promise<void> {
    const answer = await this.#client.studio(this.profileName, '/api/kernels');
    if (answer.status !== 200) throw new Error(`The agent answered ${answer.status}`);
  }

  /** The types of this person's apps that serve now. */
  async appsInService(): Promise<string[]> {
    const answer = await this.#client.console('/api/apps');
    const apps: { appType: string; status: string; appId: string }[] = answer.json.apps;
    return apps.filter(({ status }) => status === 'InService').map(({ appType }) => appType);
  }

  async #connectionFileOf(kernelId: string): Promise<string> {
    const folder = join(this.#domain.folder, 'data/run/studios', this.profileName, 'k');
    const names = await readdir(folder);
    const name = names.find((found) => found.startsWith(kernelId) && found.endsWith('.json'));
    if (name === undefined) throw new Error(`There is no connection file of kernel "${kernelId}"`);
    return join(folder, name);
  }

  async stopStudio(): Promise<void> {
    const answer = await this.#client.console('/api/apps');
    const apps: { appType: string; status: string; appId: string }[] = answer.json.apps;
    const server = apps.find(
      (app) => app.appType === 'JupyterServer' && !['Deleted', 'Failed'].includes(app.status),
    );
    if (!server) return;
    const path = `/api/profiles/${this.profileName}/apps/${server.appId}`;
    const stopped = await this.#client.console(path, { method: 'DELETE' });
    if (stopped.status >= 300) throw new Error(`Cannot stop the studio: ${stopped.text}`);
  }
}
