import { createHash, createHmac } from 'node:crypto';
import type { ServerFacts } from './server-process.ts';

export interface AskedRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** Of characters that need no encoding. */
  readonly path: string;
  /** Sorted, encoded. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `UNSIGNED-PAYLOAD`, or the SHA-256 of the body in hexadecimal. */
  readonly payloadHash: string;
}

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Signature V4 in headers, made before a measure begins so that it costs neither side anything. */
export function signRequest(
  server: ServerFacts,
  { method, path, query = '', headers = {}, payloadHash }: AskedRequest,
): SignedRequest {
  const { accessKeyId = '', secretAccessKey = '', sessionToken, region = '' } = server;
  const timestamp = `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const scope = [timestamp.slice(0, 8), region, 's3', 'aws4_request'];
  const signed: Record<string, string> = {
    ...headers,
    host: `127.0.0.1:${server.port}`,
    'x-amz-content-sha256': payloadHash,
    'x-amz-date': timestamp,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(signed).sort();
  const canonical = [
    ...[method, path, query],
    ...names.map((name) => `${name}:${signed[name]}`),
    ...['', names.join(';'), payloadHash],
  ].join('\n');
  const signingKey = scope.reduce<Buffer>(keyedHash, Buffer.from(`AWS4${secretAccessKey}`));
  const text = ['AWS4-HMAC-SHA256', timestamp, scope.join('/'), sha256(canonical)].join('\n');
  const signature = keyedHash(signingKey, text).toString('hex');
  const credential = `${accessKeyId}/${scope.join('/')}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return {
    ...{ method, path: query === '' ? path : `${path}?${query}` },
    headers: { ...signed, authorization },
  };
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function keyedHash(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
