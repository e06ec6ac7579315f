import { once } from 'node:events';
import type WebSocket from 'ws';
import {
  type Execution,
  ExecutionWatch,
  executeRequest,
  type KernelMessage,
} from './kernel-message.ts';

/** A kernel behind a server, spoken to in the JSON WebSocket protocol that both servers know. */
export class KernelWebSocket {
  readonly #socket: WebSocket;
  #watch: ExecutionWatch | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.#watch?.see(JSON.parse(data.toString()) as KernelMessage);
    });
    socket.on('close', (code) => {
      this.#watch?.fail(new Error(`The kernel's WebSocket was closed with ${code}`));
    });
  }

  static async over(socket: WebSocket): Promise<KernelWebSocket> {
    await once(socket, 'open');
    return new KernelWebSocket(socket);
  }

  async execute(code: string): Promise<Execution> {
    const request = executeRequest(code);
    this.#watch = new ExecutionWatch(request.header.msg_id);
    this.#socket.send(JSON.stringify({ ...request, channel: 'shell', buffers: [] }));
    try {
      return await this.#watch.finished;
    } finally {
      this.#watch = undefined;
    }
  }

  close(): void {
    this.#socket.close();
  }
}
