import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders, request as startRequest } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { deriveSigningKey, emptyHash, keyedHash } from '../../signatures/calculate-signature.ts';
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
  /** A function where the body goes on from the signature of the head. */
  readonly body?: string | Uint8Array | ((signature: string, timestamp: string) => Uint8Array);
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
  return send(service, await signRequest(service, asked));
}

/** As it goes over the wire, to be sent by whoever has it. */
export async function signRequest(service: Pick<TestService, 'port'>, asked: RawRequest) {
  const { method, path, query = {} } = asked;
  const known = typeof asked.body === 'function' ? '' : (asked.body ?? '');
  const hash = asked.payloadHash ?? createHash('sha256').update(known).digest('hex');
  const signed = await newSigner().sign({
    ...{ protocol: 'http:', hostname: '127.0.0.1', method, path, query },
    headers: {
      host: `127.0.0.1:${service.port}`,
      'x-amz-content-sha256': hash,
      ...asked.headers,
    },
  });
  const body = typeof asked.body === 'function' ? continued(asked.body, signed.headers) : known;
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return {
    ...{ method, body, path: pairs.length === 0 ? path : `${path}?${pairs.join('&')}` },
    headers: {
      ...(method === 'GET' || method === 'HEAD' ? {} : lengthOf(body)),
      ...signed.headers,
      ...asked.unsignedHeaders,
    },
  };
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

function continued(
  body: (signature: string, timestamp: string) => Uint8Array,
  headers: Readonly<Record<string, string>>,
): Uint8Array {
  const signature = /Signature=([0-9a-f]{64})/.exec(headers.authorization ?? '')?.[1] ?? '';
  return body(signature, headers['x-amz-date'] ?? '');
}

/** Two chunks and the last, which is empty. */
export function signedChunks(
  content: Buffer,
  seed: { readonly signature: string; readonly timestamp: string },
): Buffer {
  const scope = `${seed.timestamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const signingKey = deriveSigningKey(alice.secretAccessKey, scope);
  const middle = 65_536;
  let previous = seed.signature;
  const frames = [content.subarray(0, middle), content.subarray(middle), Buffer.alloc(0)].map(
    (bytes) => {
      const hash = createHash('sha256').update(bytes).digest('hex');
      const lines = [seed.timestamp, scope, previous, emptyHash, hash].join('\n');
      previous = keyedHash(signingKey, `AWS4-HMAC-SHA256-PAYLOAD\n${lines}`).toString('hex');
      const header = `${bytes.length.toString(16)};chunk-signature=${previous}\r\n`;
      return Buffer.concat([Buffer.from(header), bytes, Buffer.from('\r\n')]);
    },
  );
  return Buffer.concat(frames);
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
