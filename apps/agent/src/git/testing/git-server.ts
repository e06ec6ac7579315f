import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface GitServer {
  /** `https://localhost:<port>/<name>.git` */
  url(name: string): string;
  /** The certificate that clients must trust. */
  readonly certificate: string;
  /** Makes an empty repository. */
  create(name: string): void;
  /** Runs git in a repository of the server. */
  git(name: string, ...parameters: string[]): string;
  /** What to answer a path instead, for example 403; 'hang' answers nothing. */
  readonly refusals: Map<string, number | 'hang'>;
  /** Resolves with the next request that hangs. */
  hanging(): Promise<void>;
  close(): Promise<void>;
}

/** Git's own HTTP server (git-http-backend(1)) over TLS, with repositories of its own. */
export async function startGitServer(): Promise<GitServer> {
  const folder = mkdtempSync(join(tmpdir(), 'git-server-'));
  const { key, certificate } = makeCertificate(folder);
  const refusals = new Map<string, number | 'hang'>();
  let onHang = () => {};
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'https://localhost');
    const refusal = refusals.get(url.pathname);
    if (refusal === 'hang') {
      onHang();
      return;
    }
    if (refusal !== undefined) {
      response.writeHead(refusal, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    runBackend(folder, url, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const git = (name: string, ...parameters: string[]) =>
    execFileSync('git', ['-C', join(folder, `${name}.git`), ...parameters], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trimEnd();
  return {
    url: (name) => `https://localhost:${port}/${name}.git`,
    certificate,
    create(name) {
      execFileSync('git', ['init', '-q', '--bare', '-b', 'main', join(folder, `${name}.git`)]);
    },
    git,
    refusals,
    hanging: () =>
      new Promise((resolve) => {
        onHang = resolve;
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeCertificate(folder: string): { key: string; certificate: string } {
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'certificate.pem');
  const parameters = [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-keyout', key, '-out', certificate, '-days', '1', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost'],
  ];
  execFileSync('openssl', parameters, { stdio: 'ignore' });
  return { key, certificate };
}

/** The Common Gateway Interface (RFC 3875), as far as git's program needs it. */
function runBackend(
  folder: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
      REMOTE_USER: 'alice',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => {});
  let head: Buffer | undefined = Buffer.alloc(0);
  child.stdout.on('data', (part: Buffer) => {
    if (head === undefined) {
      response.write(part);
      return;
    }
    head = Buffer.concat([head, part]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    for (const line of head.subarray(0, end).toString('latin1').split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.write(head.subarray(end + 4));
    head = undefined;
  });
  child.stdout.on('end', () => response.end());
}
