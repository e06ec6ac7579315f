import { Agent, type IncomingMessage, request as startRequest } from 'node:http';
import { request as startTlsRequest, Agent as TlsAgent } from 'node:https';
import type { SignedRequest } from './sign-request.ts';

export interface Answer {
  readonly status: number;
  readonly receivedBytes: number;
  /** Where it was asked for. */
  readonly text: string;
}

/** A body that is the same piece again and again. */
export interface RepeatedBody {
  readonly piece: Buffer;
  readonly count: number;
}

/** As little as a client can do, on connections that are kept: the same for us and for each peer. */
export class HttpClient {
  readonly #port: number;
  readonly #isTls: boolean;
  readonly #agent: Agent;

  constructor(port: number, { isTls = false }: { readonly isTls?: boolean } = {}) {
    this.#port = port;
    this.#isTls = isTls;
    const options = { keepAlive: true, maxSockets: 64 };
    // It is the benchmark's own server, whose certificate nobody signs.
    this.#agent = isTls
      ? new TlsAgent({ ...options, rejectUnauthorized: false })
      : new Agent(options);
  }

  /** @throws where the answer is not a success */
  async send(
    asked: Omit<SignedRequest, 'headers'> & Partial<SignedRequest>,
    {
      body,
      isTextWanted = false,
    }: { readonly body?: RepeatedBody; readonly isTextWanted?: boolean } = {},
  ): Promise<Answer> {
    const answer = await this.#exchange(asked, body, isTextWanted);
    if (answer.status === 200 || answer.status === 204) return answer;
    throw new Error(`Cannot ${asked.method} "${asked.path}": ${answer.status} ${answer.text}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  #exchange(
    { method, path, headers = {} }: Omit<SignedRequest, 'headers'> & Partial<SignedRequest>,
    body: RepeatedBody | undefined,
    isTextWanted: boolean,
  ): Promise<Answer> {
    const length = body === undefined ? undefined : String(body.piece.length * body.count);
    return new Promise((resolve, reject) => {
      const request = (this.#isTls ? startTlsRequest : startRequest)({
        ...{ host: '127.0.0.1', port: this.#port, agent: this.#agent, method, path },
        headers: length === undefined ? headers : { ...headers, 'content-length': length },
      });
      request.on('error', reject);
      request.on('response', (response) => receive(response, isTextWanted).then(resolve, reject));
      if (body === undefined) request.end();
      else pour(request, body);
    });
  }
}

function pour(request: ReturnType<typeof startRequest>, { piece, count }: RepeatedBody): void {
  let sent = 0;
  const go = () => {
    while (sent < count - 1) {
      sent += 1;
      if (!request.write(piece)) return void request.once('drain', go);
    }
    request.end(piece);
  };
  go();
}

function receive(response: IncomingMessage, isTextWanted: boolean): Promise<Answer> {
  const { statusCode: status = 0 } = response;
  const isKept = isTextWanted || status !== 200;
  const chunks: Buffer[] = [];
  let receivedBytes = 0;
  return new Promise((resolve, reject) => {
    response.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length;
      if (isKept) chunks.push(chunk);
    });
    response.on('error', reject);
    response.on('end', () => {
      resolve({ status, receivedBytes, text: Buffer.concat(chunks).toString() });
    });
  });
}
