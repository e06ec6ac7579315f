import { randomUUID } from 'node:crypto';

/** The parts of a kernel message that the benchmarks look at (Jupyter messaging 5.3). */
export interface KernelMessage {
  header: { msg_type: string };
  parent_header: { msg_id?: string };
  content: { execution_state?: string; text?: string; status?: string };
}

export function executeRequest(code: string) {
  return request('execute_request', {
    code,
    silent: false,
    store_history: false,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  });
}

/** What a client asks first: a kernel that answers it is ready. */
export function kernelInfoRequest() {
  return request('kernel_info_request', {});
}

function request<Content extends object>(messageType: string, content: Content) {
  return {
    header: {
      msg_id: randomUUID(),
      msg_type: messageType,
      session: randomUUID(),
      username: 'bench',
      version: '5.3',
      date: new Date().toISOString(),
    },
    parent_header: {},
    metadata: {},
    content,
  };
}

/** What one execution came to. */
export interface Execution {
  /** From sending until both the reply and the idle status have arrived. */
  milliseconds: number;
  printedBytes: number;
}

/** Follows one execution through the messages of a connection. */
export class ExecutionWatch {
  readonly finished: Promise<Execution>;
  readonly #messageId: string;
  readonly #startedAt = performance.now();
  #resolve: (execution: Execution) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #printedBytes = 0;
  #replied = false;
  #idle = false;

  constructor(messageId: string) {
    this.#messageId = messageId;
    this.finished = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  see({ header, parent_header: parent, content }: KernelMessage): void {
    if (parent.msg_id !== this.#messageId) return;
    if (header.msg_type === 'stream') this.#printedBytes += content.text?.length ?? 0;
    if (header.msg_type === 'status' && content.execution_state === 'idle') this.#idle = true;
    if (header.msg_type === 'execute_reply') {
      if (content.status !== 'ok') this.fail(new Error(`The code failed: ${content.status}`));
      this.#replied = true;
    }
    if (!this.#replied || !this.#idle) return;
    const milliseconds = performance.now() - this.#startedAt;
    this.#resolve({ milliseconds, printedBytes: this.#printedBytes });
  }

  fail(error: Error): void {
    this.#reject(error);
  }
}
