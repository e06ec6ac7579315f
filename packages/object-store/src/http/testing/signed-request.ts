import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders, request as startRequest } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../signatures/testing/sha256.ts';
import { alice, region, type TestService } from './test-service.ts';

export interface RawRequest {
  readonly method: string;
  /** As it goes over the wire, without its query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Signed with the rest. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Added behind the signer's back. */
  readonly unsignedHeaders?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Instead of the body's SHA-256. */
  readonly payloadHash?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** S3's, from the XML. */
  readonly code: string | undefined;
  /** Whether the server said to go on. */
  readonly isContinued: boolean;
}

/** A request of any form, signed by the AWS SDK's signer; what no SDK would send can be said here. */
export async function sendSigned(
  service: Pick<TestService, 'port'>,
  asked: RawRequest,
): Promise<RawAnswer> {
  const { method, path, query = {}, body = '' } = asked;
  const hash = asked.payloadHash ?? createHash('sha256').update(body).digest('hex');
  const signed = await newSigner().sign({
    ...{ protocol: 'http:', hostname: '127.0.0.1', method, path, query },
    headers: {
      host: `127.0.0.1:${service.port}`,
      'x-amz-content-sha256': hash,
      ...asked.headers,
    },
  });
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return send(service, {
    ...{ method, body, path: pairs.length === 0 ? path : `${path}?${pairs.join('&')}` },
    headers: {
      ...(method === 'GET' || method === 'HEAD' ? {} : lengthOf(body)),
      ...signed.headers,
      ...asked.unsignedHeaders,
    },
  });
}

/** As it is. */
export function send(
  { port }: Pick<TestService, 'port'>,
  asked: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
  },
): Promise<RawAnswer> {
  const { method, path, headers, body = '' } = asked;
  return new Promise((resolve, reject) => {
    const request = startRequest({ host: '127.0.0.1', port, method, path, headers });
    let isContinued = false;
    request.on('continue', () => {
      isContinued = true;
      request.end(body);
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, text, code, isContinued });
      });
    });
    if (headers.expect === undefined) request.end(body);
    else request.flushHeaders();
  });
}

function newSigner(): SignatureV4 {
  return new SignatureV4({
    ...{ credentials: alice, region, service: 's3', sha256: Sha256 },
    ...{ uriEscapePath: false, applyChecksum: false },
  });
}

function lengthOf(body: string | Uint8Array): Record<string, string> {
  return { 'content-length': String(Buffer.byteLength(body)) };
}
