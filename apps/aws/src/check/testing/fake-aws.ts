import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonAnswer, xmlAnswer } from './wire-formats.ts';

export type FakeInput = Readonly<Record<string, unknown>>;
/** An answer in the service's own words on the wire. */
export type FakeAnswer = object | ((input: FakeInput) => object);

export interface FakeCall {
  readonly service: string;
  readonly operation: string;
  readonly input: FakeInput;
  /** The access key that it was signed with. */
  readonly signedBy: string;
}

/** A refusal in the service's words. */
export class FakeRefusal extends Error {
  override readonly name = 'FakeRefusal';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message = 'said by the fake', status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Sub-resources of S3 by their query, where a bucket is asked for. */
const s3Operations: Readonly<Record<string, string>> = {
  publicAccessBlock: 'GetPublicAccessBlock',
  encryption: 'GetBucketEncryption',
  policy: 'GetBucketPolicy',
  versioning: 'GetBucketVersioning',
  'object-lock': 'GetObjectLockConfiguration',
};

/**
 * A FAKE of AWS: one small HTTP server that speaks the protocols of the services that the check asks (JSON 1.1,
 * query, EC2 query, REST with JSON and with XML) with the real SDK clients, and answers what a test has written
 * down. It knows none of AWS's rules and has never been compared with AWS.
 */
export async function startFakeAws() {
  const answers = new Map<string, FakeAnswer>();
  const calls: FakeCall[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const call = readCall(request, body);
      calls.push(call);
      const { status, type, text } = answerTo(call);
      response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'fake' });
      response.end(request.method === 'HEAD' ? undefined : text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  function answerTo(call: FakeCall) {
    const wire = isJson(call.service) ? jsonAnswer : xmlAnswer;
    try {
      const scripted = answers.get(`${call.service} ${call.operation}`);
      if (scripted === undefined) throw new FakeRefusal('AccessDenied', 'not scripted', 403);
      const answer = typeof scripted === 'function' ? scripted(call.input) : scripted;
      return wire.answer(call, answer);
    } catch (error) {
      if (error instanceof FakeRefusal) return wire.refusal(call, error);
      throw error;
    }
  }

  return {
    ...{ calls, endpoint: `http://127.0.0.1:${port}` },
    callsOf: (operation: string) => calls.filter((call) => call.operation === operation),
    /** `what`: for example `kms DescribeKey`. */
    answer(what: string, answer: FakeAnswer) {
      answers.set(what, answer);
    },
    refuse(what: string, code: string, message?: string) {
      const status = /Denied|Forbidden/.test(code) ? 403 : 400;
      answers.set(what, () => {
        throw new FakeRefusal(code, message, status);
      });
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export type FakeAws = Awaited<ReturnType<typeof startFakeAws>>;

function isJson(service: string): boolean {
  return ['sagemaker', 'kms', 'elasticfilesystem'].includes(service);
}

function readCall({ method, url, headers }: IncomingMessage, body: string): FakeCall {
  const scope = /Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '');
  const [signedBy = '', service = ''] = scope?.slice(1) ?? [];
  const { pathname, searchParams } = new URL(url ?? '/', 'http://fake');
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const operation = target.split('.').at(-1) ?? '';
    return { service, operation, signedBy, input: JSON.parse(body || '{}') };
  }
  if (service === 's3') {
    const [, bucket = '', ...key] = pathname.split('/');
    const subResource = [...searchParams.keys()].find((name) => name in s3Operations);
    const ofObject = {
      GET: 'GetObject',
      HEAD: 'HeadObject',
      PUT: 'PutObject',
      DELETE: 'DeleteObject',
    };
    const operation = s3Operations[subResource ?? ''] ?? ofObject[method as 'GET'] ?? '';
    return { service, operation, signedBy, input: { bucket, key: key.join('/'), headers } };
  }
  if (service === 'elasticfilesystem') {
    const input = Object.fromEntries(searchParams);
    return { service, operation: 'DescribeFileSystems', signedBy, input };
  }
  const input = Object.fromEntries(new URLSearchParams(body));
  return { service, operation: String(input.Action), signedBy, input };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
