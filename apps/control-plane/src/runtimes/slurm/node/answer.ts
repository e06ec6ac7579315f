import { once } from 'node:events';
import type { ServerHttp2Stream } from 'node:http2';
import { text } from 'node:stream/consumers';
import { SandboxError } from '@strongroom/sandbox';
import { type Hello, launchOrderSchema } from '../node-protocol.ts';
import type { NodeInspection } from './node-inspection.ts';
import { type NodeSandbox, openNodeSandbox } from './node-sandbox.ts';

/** Answers what the control plane asks about the one kernel of this job. */
export class Answers {
  readonly #hello: Hello;
  readonly #node: NodeInspection;
  readonly #ending = new AbortController();
  #connectionName = '';
  #running: NodeSandbox | undefined;
  #launching: Promise<NodeSandbox> | undefined;

  constructor(hello: Hello, node: NodeInspection) {
    this.#hello = hello;
    this.#node = node;
  }

  async answer(stream: ServerHttp2Stream, path: string): Promise<void> {
    const [, what = '', value = ''] = path.split('/');
    if (what === 'hello') return sendJson(stream, 200, this.#hello);
    if (what === 'launch') return this.#launch(stream);
    if (this.#running === undefined) return sendJson(stream, 409, {});
    const { sandbox } = this.#running;
    switch (what) {
      case 'stdout':
      case 'stderr':
        stream.respond({ ':status': 200 });
        sandbox[what].pipe(stream);
        return;
      case 'exit':
        return sendJson(stream, 200, await sandbox.exited);
      case 'usage':
        return sendJson(stream, 200, await sandbox.usage());
      case 'processes':
        return sendJson(stream, 200, (await sandbox.processes?.()) ?? []);
      case 'signal':
        sandbox.signalMain(value === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
        return sendJson(stream, 200, {});
      case 'stop':
        return sendJson(stream, 200, await sandbox.stop({ graceMilliseconds: Number(value) }));
      case 'socket':
        return this.#relay(stream, this.#running, value);
      default:
        return sendJson(stream, 404, {});
    }
  }

  /** Ends everything of the job, also a launch that is under way. */
  async close(): Promise<void> {
    this.#ending.abort();
    const running = await this.#launching?.catch(() => undefined);
    await running?.close();
  }

  async #launch(stream: ServerHttp2Stream): Promise<void> {
    try {
      if (this.#launching !== undefined) throw new Error('It was launched already');
      const order = launchOrderSchema.parse(JSON.parse(await text(stream)));
      this.#connectionName = order.connection.name;
      this.#launching = openNodeSandbox(order, {
        ...{ jobId: this.#hello.jobId, node: this.#node },
      });
      this.#running = await this.#launching;
      await sendJson(stream, 200, {});
    } catch (error) {
      await sendJson(stream, 500, failureOf(error));
    }
  }

  async #relay(stream: ServerHttp2Stream, { folder }: NodeSandbox, number: string): Promise<void> {
    if (!/^[1-5]$/.test(number)) return sendJson(stream, 404, {});
    const gone = new AbortController();
    stream.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, this.#ending.signal]);
    const socket = await folder.connect(`${this.#connectionName}-${number}`, signal);
    stream.respond({ ':status': 200 });
    stream.pipe(socket);
    socket.pipe(stream);
    socket.on('error', () => stream.close());
    stream.on('error', () => socket.destroy());
    stream.once('close', () => socket.destroy());
  }
}

async function sendJson(stream: ServerHttp2Stream, status: number, value: unknown): Promise<void> {
  if (stream.destroyed) return;
  stream.respond({ ':status': status, 'content-type': 'application/json' });
  stream.end(JSON.stringify(value));
  await once(stream, 'finish');
}

function failureOf(error: unknown) {
  const { message } = error as Error;
  if (!(error instanceof SandboxError)) return { code: 'NodeUnfit', message, standardError: '' };
  return { code: error.code, message, standardError: error.standardError };
}
