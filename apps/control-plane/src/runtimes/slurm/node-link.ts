import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import type { Readable } from 'node:stream';
import type {
  RunningSandbox,
  SandboxExit,
  SandboxProcess,
  SandboxUsage,
} from '@strongroom/sandbox';
import { SandboxError } from '@strongroom/sandbox';
import { keepWatch } from './keep-watch.ts';
import {
  exitSchema,
  type Hello,
  helloSchema,
  type LaunchOrder,
  launchFailureSchema,
  processesSchema,
  usageSchema,
} from './node-protocol.ts';

/** A node may send no more than this as one answer. */
const maximumAnswerBytes = 1024 * 1024;

/** The connection to the program of one job: what is asked of it. Nothing that it says is trusted unchecked. */
export class NodeLink {
  readonly #session: ClientHttp2Session;
  #hello: Hello | undefined;
  /** Settles when the connection is gone, for whatever reason. */
  readonly closed: Promise<void>;

  constructor(session: ClientHttp2Session) {
    this.#session = session;
    this.closed = new Promise((resolve) => session.once('close', resolve));
    keepWatch(session);
  }

  /** The job's token; who it is is known from then on. */
  async greet(): Promise<string> {
    this.#hello = helloSchema.parse(await this.#ask('GET', '/hello'));
    return this.#hello.token;
  }

  get jobId(): string {
    return this.#hello?.jobId ?? '';
  }

  get nodeName(): string {
    return this.#hello?.nodeName ?? '';
  }

  /** @throws {SandboxError} `LaunchFailed`, where the node could not open the sandbox */
  async launch(order: LaunchOrder): Promise<void> {
    const stream = this.#open('POST', '/launch');
    stream.end(JSON.stringify(order));
    const { status, text } = await answerOf(stream);
    if (status === 200) return;
    const { message, standardError } = launchFailureSchema.parse(JSON.parse(text));
    const said = `Cannot open a sandbox on the node "${this.nodeName}": ${message}`;
    throw new SandboxError('LaunchFailed', said, { standardError });
  }

  async exit(): Promise<SandboxExit> {
    return exitSchema.parse(await this.#ask('GET', '/exit'));
  }

  /** Ends, without an error, also where the connection is lost. */
  output(which: 'stdout' | 'stderr'): Readable {
    const stream = this.#open('GET', `/${which}`);
    stream.end();
    return stream;
  }

  async usage(): Promise<SandboxUsage> {
    return usageSchema.parse(await this.#ask('GET', '/usage'));
  }

  async processes(): Promise<readonly SandboxProcess[]> {
    const processes = processesSchema.parse(await this.#ask('GET', '/processes'));
    return processes.map((each) => ({ ...each, sleepsIn: each.sleepsIn }));
  }

  signalMain(signal: Parameters<RunningSandbox['signalMain']>[0]): void {
    this.#ask('POST', `/signal/${signal}`).catch(() => undefined);
  }

  async stop(graceMilliseconds: number): Promise<void> {
    await this.#ask('POST', `/stop/${graceMilliseconds}`);
  }

  /**
   * The bytes to and from one of the kernel's sockets; open once the kernel listens there. Undefined where
   * the connection is gone.
   */
  socket(number: number): ClientHttp2Stream | undefined {
    if (this.#session.closed || this.#session.destroyed) return undefined;
    return this.#open('POST', `/socket/${number}`);
  }

  /** Once all that was asked is answered. */
  close(): void {
    this.#session.close();
  }

  destroy(): void {
    this.#session.destroy();
  }

  async #ask(method: 'GET' | 'POST', path: string): Promise<unknown> {
    const stream = this.#open(method, path);
    stream.end();
    const { status, text } = await answerOf(stream);
    if (status !== 200) throw new Error(`Cannot ask the node for "${path}": status ${status}`);
    return JSON.parse(text);
  }

  #open(method: 'GET' | 'POST', path: string): ClientHttp2Stream {
    const stream = this.#session.request(
      { ':method': method, ':path': path },
      { endStream: false },
    );
    stream.on('error', () => undefined);
    return stream;
  }
}

function answerOf(stream: ClientHttp2Stream): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let text = '';
    stream.setEncoding('utf8');
    stream.once('response', (headers) => {
      status = headers[':status'] ?? 0;
    });
    stream.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > maximumAnswerBytes) stream.close();
    });
    let isWhole = false;
    stream.once('end', () => {
      isWhole = status !== 0;
    });
    stream.once('close', () => {
      if (isWhole && text.length <= maximumAnswerBytes) resolve({ status, text });
      else reject(new Error('Cannot hear the node: the connection was lost'));
    });
  });
}
