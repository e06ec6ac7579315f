/** Where a queue's messages go: the one method of a ZeroMQ socket it needs. */
export interface Sender {
  send(parts: Buffer[]): Promise<void>;
}

/**
 * Serialises the messages of one ZeroMQ socket: zeromq refuses a second send while one is under
 * way, and waits itself where the kernel does not read.
 */
export class SendQueue {
  readonly #socket: Sender;
  readonly #waiting: Buffer[][] = [];
  #waitingBytes = 0;
  #running = false;
  #closed = false;

  constructor(socket: Sender) {
    this.#socket = socket;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  push(parts: Buffer[]): void {
    if (this.#closed) return;
    this.#waiting.push(parts);
    this.#waitingBytes += sizeOf(parts);
    if (!this.#running) void this.#run();
  }

  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      for (;;) {
        const parts = this.#waiting.shift();
        if (parts === undefined) break;
        await this.#socket.send(parts);
        this.#waitingBytes = Math.max(0, this.#waitingBytes - sizeOf(parts));
      }
    } catch {
      // A socket that was closed while it sent: the kernel is gone, and so are its messages.
      this.close();
    } finally {
      this.#running = false;
    }
  }
}

function sizeOf(parts: readonly Buffer[]): number {
  let sizeBytes = 0;
  for (const part of parts) sizeBytes += part.length;
  return sizeBytes;
}
