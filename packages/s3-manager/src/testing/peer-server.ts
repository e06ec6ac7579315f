import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import S3rver from 's3rver';

interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** Returns true where it has answered itself. */
type Interceptor = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface PeerServer {
  readonly connection: S3ClientConfig;
  /** All so far, also those that were intercepted. */
  readonly requests: SeenRequest[];
  /** Sees every request first: for faults. */
  intercept: Interceptor | undefined;
  close(): Promise<void>;
}

/**
 * s3rver, somebody else's S3 server, over real HTTP. It keeps to the protocol of before 2020: it knows
 * neither SSE-KMS nor checksums nor ListParts, so those are tested against Strongroom's own endpoint.
 */
export async function openPeerServer(...buckets: readonly string[]): Promise<PeerServer> {
  const directory = await mkdtemp(join(tmpdir(), 's3-peer-'));
  const s3rver = new S3rver({
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: buckets.map((name) => ({ name })),
  });
  await s3rver.configureBuckets();
  const answer = s3rver.callback();
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers });
    if (peer.intercept?.(request, response) === true) return;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const peer: PeerServer = {
    connection: {
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      forcePathStyle: true,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    },
    requests,
    intercept: undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
  return peer;
}

/** Answers as S3 refuses. */
export function refuse(response: ServerResponse, status: number, code: string): true {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  return true;
}
