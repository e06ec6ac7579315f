import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type WebSocket from 'ws';
import type { ApiClient } from './api-client.ts';

export interface KernelMessage {
  channel: string;
  header: { msg_type: string; msg_id: string };
  parent_header: { msg_id?: string };
  // biome-ignore lint/suspicious/noExplicitAny: message contents differ by type
  content: any;
}

export interface Execution {
  status: string;
  /** What was printed, standard output and standard error together. */
  printed: string;
  messages: KernelMessage[];
}

/** A kernel of a studio, spoken to over the JSON WebSocket protocol through the gateway. */
export class KernelClient {
  readonly kernelId: string;
  readonly #socket: WebSocket;
  readonly #session = randomUUID();
  readonly #listeners = new Set<(message: KernelMessage) => void>();

  private constructor(kernelId: string, socket: WebSocket) {
    this.kernelId = kernelId;
    this.#socket = socket;
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as KernelMessage;
      for (const listener of this.#listeners) listener(message);
    });
  }

  static async start(
    client: ApiClient,
    profileName: string,
    specName = 'python3',
  ): Promise<KernelClient> {
    const started = await client.studio(profileName, '/api/kernels', {
      method: 'POST',
      body: { name: specName },
    });
    if (started.status !== 201)
      throw new Error(`Cannot start a kernel: ${started.status} ${started.text}`);
    return KernelClient.connect(client, profileName, started.json.id);
  }

  static async connect(
    client: ApiClient,
    profileName: string,
    kernelId: string,
  ): Promise<KernelClient> {
    const socket = client.webSocket(
      profileName,
      `/api/kernels/${kernelId}/channels?session_id=${randomUUID()}`,
    );
    await once(socket, 'open');
    return new KernelClient(kernelId, socket);
  }

  /** Runs code and resolves when its reply and its idle status have both arrived. */
  execute(code: string): Promise<Execution> {
    const messageId = randomUUID();
    const execution: Execution = { status: '', printed: '', messages: [] };
    return new Promise((resolve, reject) => {
      let idle = false;
      const finish = () => {
        if (!idle || execution.status === '') return;
        this.#listeners.delete(listener);
        this.#socket.off('close', onClose);
        resolve(execution);
      };
      const onClose = () => {
        this.#listeners.delete(listener);
        reject(new Error(`The socket closed while this ran: ${code}`));
      };
      const listener = (message: KernelMessage) => {
        if (message.parent_header.msg_id !== messageId) return;
        execution.messages.push(message);
        if (message.header.msg_type === 'stream') execution.printed += message.content.text;
        if (message.header.msg_type === 'execute_reply') execution.status = message.content.status;
        if (message.header.msg_type === 'status' && message.content.execution_state === 'idle')
          idle = true;
        finish();
      };
      this.#listeners.add(listener);
      this.#socket.on('close', onClose);
      this.send(code, messageId);
    });
  }

  send(code: string, messageId: string = randomUUID()): void {
    this.#socket.send(
      JSON.stringify({
        channel: 'shell',
        header: {
          msg_id: messageId,
          msg_type: 'execute_request',
          session: this.#session,
          username: '',
          version: '5.3',
          date: new Date().toISOString(),
        },
        parent_header: {},
        metadata: {},
        content: {
          code,
          silent: false,
          store_history: true,
          user_expressions: {},
          allow_stdin: false,
          stop_on_error: true,
        },
        buffers: [],
      }),
    );
  }

  /** Resolves with the first message that matches. */
  next(matches: (message: KernelMessage) => boolean): Promise<KernelMessage> {
    return new Promise((resolve) => {
      const listener = (message: KernelMessage) => {
        if (!matches(message)) return;
        this.#listeners.delete(listener);
        resolve(message);
      };
      this.#listeners.add(listener);
    });
  }

  /** Resolves with the code when the gateway closes this connection. */
  async closed(): Promise<number> {
    const [code] = await once(this.#socket, 'close');
    return code as number;
  }

  close(): void {
    this.#socket.close();
  }
}
