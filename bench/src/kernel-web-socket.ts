import { once } from 'node:events';
import type WebSocket from 'ws';
import {
  type Execution,
  ExecutionWatch,
  executeRequest,
  type KernelMessage,
  kernelInfoRequest,
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

  /** Resolves when the kernel itself has answered. */
  async untilReady(): Promise<void> {
    const request = kernelInfoRequest();
    const answered = new Promise<void>((resolve, reject) => {
      const look = (data: WebSocket.RawData) => {
        const { header, parent_header: parent } = JSON.parse(data.toString()) as KernelMessage;
        if (header.msg_type !== 'kernel_info_reply') return;
        if (parent.msg_id !== request.header.msg_id) return;
        this.#socket.off('message', look);
        resolve();
      };
      this.#socket.on('message', look);
      this.#socket.once('close', (code) => reject(new Error(`The WebSocket closed with ${code}`)));
    });
    this.#socket.send(JSON.stringify({ ...request, channel: 'shell', buffers: [] }));
    await answered;
  }

  close(): void {
    this.#socket.close();
  }
}
