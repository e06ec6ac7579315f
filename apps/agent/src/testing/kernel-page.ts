import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface PageMessage {
  readonly channel: string;
  readonly header: { readonly msg_type: string; readonly msg_id: string };
  readonly parent_header: { readonly msg_id?: string };
  // biome-ignore lint/suspicious/noExplicitAny: contents differ by type
  readonly content: any;
}

/** A page's connection to a kernel, over the JSON WebSocket protocol. */
export class KernelPage {
  readonly sessionId = randomUUID();
  readonly messages: PageMessage[] = [];
  readonly #socket: WebSocket;

  private constructor(socketPath: string, kernelId: string) {
    const path = `/api/kernels/${kernelId}/channels?session_id=${this.sessionId}`;
    this.#socket = new WebSocket(`ws+unix:${socketPath}:${path}`);
    this.#socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)) as PageMessage);
      this.#socket.emit('taken');
    });
  }

  static async open(socketPath: string, kernelId: string): Promise<KernelPage> {
    const page = new KernelPage(socketPath, kernelId);
    await once(page.#socket, 'open');
    return page;
  }

  /** Runs a cell as Lab does; its message id. */
  run(cellId: string, code: string): string {
    const messageId = randomUUID();
    const header = { msg_id: messageId, msg_type: 'execute_request', session: this.sessionId };
    this.#socket.send(
      JSON.stringify({
        channel: 'shell',
        header: { ...header, username: '', version: '5.3', date: new Date().toISOString() },
        parent_header: {},
        metadata: { cellId },
        content: { code, silent: false, store_history: true, stop_on_error: true },
        buffers: [],
      }),
    );
    return messageId;
  }

  /** Resolves with the first message that `accepts` takes, also one that has come already. */
  async message(accepts: (message: PageMessage) => boolean): Promise<PageMessage> {
    for (;;) {
      const found = this.messages.find(accepts);
      if (found !== undefined) return found;
      await once(this.#socket, 'taken');
    }
  }

  async ended(messageId: string): Promise<void> {
    await this.message(
      ({ header, parent_header, content }) =>
        header.msg_type === 'status' &&
        parent_header.msg_id === messageId &&
        content.execution_state === 'idle',
    );
  }

  /** As a tab that is closed: by the protocol (RFC 6455, section 7). */
  close(): void {
    this.#socket.close();
  }

  /** As a browser that is killed: without a word. */
  kill(): void {
    this.#socket.terminate();
  }
}
