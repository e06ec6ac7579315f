import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface OutsideServer {
  /** On loopback, and nobody else's. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A real TLS server on this machine that stands for one outside. */
export async function startOutsideServer(answer: RequestListener): Promise<OutsideServer> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-outside-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=allowed.example'],
  ]);
  const server = createServer(
    { key: await readFile(key), cert: await readFile(certificate) },
    answer,
  );
  const address = `127.78.${process.pid % 250}.1`;
  const port = 8443;
  server.listen(port, address);
  await once(server, 'listening');
  return {
    ...{ address, port },
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
