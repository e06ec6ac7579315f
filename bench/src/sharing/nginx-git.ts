import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The peer: `git http-backend` behind nginx and fcgiwrap, as Git's documentation sets it up. */
export class NginxGit {
  readonly folder: string;
  readonly url: string;
  readonly #children: readonly ChildProcess[];

  private constructor(folder: string, url: string, children: readonly ChildProcess[]) {
    this.folder = folder;
    this.url = url;
    this.#children = children;
  }

  /** Serves the bare repositories of `folder`, to whoever asks. */
  static async start(): Promise<NginxGit> {
    const folder = await mkdtemp(join(tmpdir(), 'strongroom-bench-nginx-'));
    const port = await freePort();
    await mkdir(join(folder, 'repositories'));
    await writeFile(join(folder, 'nginx.conf'), configuration(folder, port));
    const environment = { PATH: process.env.PATH ?? '', HOME: folder };
    const start = (program: string, ...words: string[]) =>
      spawn(program, words, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    const children = [
      start('fcgiwrap', '-s', `unix:${join(folder, 'fcgiwrap.sock')}`),
      start('nginx', '-c', join(folder, 'nginx.conf'), '-e', 'stderr'),
    ];
    await Promise.all([
      listens({ path: join(folder, 'fcgiwrap.sock') }),
      listens({ host: '127.0.0.1', port }),
    ]);
    return new NginxGit(join(folder, 'repositories'), `http://127.0.0.1:${port}`, children);
  }

  async close(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null) continue;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    }
    await rm(join(this.folder, '..'), { recursive: true, force: true });
  }
}

function configuration(folder: string, port: number): string {
  return `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  fastcgi_temp_path ${folder}/fastcgi;
  proxy_temp_path ${folder}/proxy;
  scgi_temp_path ${folder}/scgi;
  uwsgi_temp_path ${folder}/uwsgi;
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 0;
    location / {
      fastcgi_pass unix:${folder}/fcgiwrap.sock;
      fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
      fastcgi_param GIT_PROJECT_ROOT ${folder}/repositories;
      fastcgi_param GIT_HTTP_EXPORT_ALL "";
      fastcgi_param GIT_CONFIG_COUNT 1;
      fastcgi_param GIT_CONFIG_KEY_0 safe.directory;
      fastcgi_param GIT_CONFIG_VALUE_0 *;
      fastcgi_param PATH_INFO $uri;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      fastcgi_param HTTP_GIT_PROTOCOL $http_git_protocol;
    }
  }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const attempts = 200;

/** Neither program says when it is ready. */
async function listens(target: { path: string } | { host: string; port: number }): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const socket = connect(target);
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    } finally {
      socket.destroy();
    }
  }
}
