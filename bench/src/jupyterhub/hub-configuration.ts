import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

export interface HubConfiguration {
  configurationFile: string;
  port: number;
  /** Of a service that may stop servers, as an administrator's script would. */
  serviceToken: string;
}

/**
 * JupyterHub as small as it can be set up on one machine: its own SimpleLocalProcessSpawner and
 * DummyAuthenticator, no sandbox, everything on loopback and in one folder. Output rate limits are
 * off, so that both sides carry the same bytes.
 */
export async function writeHubConfiguration(folder: string): Promise<HubConfiguration> {
  const [port, hubPort, proxyPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const serviceToken = randomBytes(32).toString('hex');
  await mkdir(join(folder, 'homes'), { recursive: true });
  const lines = [
    `c.JupyterHub.bind_url = 'http://127.0.0.1:${port}'`,
    `c.JupyterHub.hub_bind_url = 'http://127.0.0.1:${hubPort}'`,
    `c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:${proxyPort}'`,
    `c.ConfigurableHTTPProxy.command = ['${process.execPath}', '${proxyProgram()}']`,
    `c.ConfigurableHTTPProxy.pid_file = '${join(folder, 'proxy.pid')}'`,
    `c.JupyterHub.db_url = 'sqlite:///${join(folder, 'hub.sqlite')}'`,
    `c.JupyterHub.cookie_secret_file = '${join(folder, 'cookie-secret')}'`,
    `c.JupyterHub.authenticator_class = 'dummy'`,
    `c.JupyterHub.spawner_class = 'simple'`,
    `c.SimpleLocalProcessSpawner.home_dir_template = '${join(folder, 'homes')}/{username}'`,
    `c.Spawner.cmd = ['/usr/bin/jupyterhub-singleuser']`,
    `c.Spawner.args = [${singleUserOptions.map((option) => `'${option}'`).join(', ')}]`,
    'c.Spawner.start_timeout = 300',
    'c.Spawner.http_timeout = 300',
    'c.JupyterHub.concurrent_spawn_limit = 0',
    `c.JupyterHub.services = [{'name': 'bench', 'api_token': '${serviceToken}'}]`,
    `c.JupyterHub.load_roles = [{'name': 'bench', 'scopes': ['admin:servers', 'list:users'], 'services': ['bench']}]`,
  ];
  const configurationFile = join(folder, 'jupyterhub_config.py');
  await writeFile(configurationFile, `${lines.join('\n')}\n`);
  await chmod(folder, 0o755);
  return { configurationFile, port, serviceToken };
}

const singleUserOptions = [
  '--allow-root',
  '--NotebookApp.iopub_data_rate_limit=0',
  '--NotebookApp.iopub_msg_rate_limit=0',
];

function proxyProgram(): string {
  const manifest = createRequire(import.meta.url).resolve('configurable-http-proxy/package.json');
  return join(dirname(manifest), 'bin/configurable-http-proxy');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('Cannot find a free port');
  return address.port;
}
