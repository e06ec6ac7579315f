import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Dealer, Subscriber } from 'zeromq';
import {
  type Execution,
  ExecutionWatch,
  executeRequest,
  type KernelMessage,
} from './kernel-message.ts';

interface ConnectionFile {
  ip: string;
  key: string;
  shell_port: number;
  iopub_port: number;
}

const delimiter = '<IDS|MSG>';

/**
 * A kernel spoken to over its own ZeroMQ sockets, with nothing in between: the least time any
 * server could take. Reaches the sockets from outside the sandbox, so only root can.
 */
export class RawKernel {
  readonly #shell: Dealer;
  readonly #iopub: Subscriber;
  readonly #key: string;
  readonly #shortFolder: string;
  #watch: ExecutionWatch | undefined;

  private constructor(shell: Dealer, iopub: Subscriber, key: string, shortFolder: string) {
    this.#shell = shell;
    this.#iopub = iopub;
    this.#key = key;
    this.#shortFolder = shortFolder;
    void this.#follow(shell);
    void this.#follow(iopub);
  }

  static async connect(connectionFile: string): Promise<RawKernel> {
    const connection = JSON.parse(readFileSync(connectionFile, 'utf8')) as ConnectionFile;
    // The sockets lie beside the connection file. A Unix socket's path has at most 107 characters
    // (unix(7)), so they are reached by way of a short link.
    const shortFolder = await mkdtemp(join(tmpdir(), 'sr-'));
    await symlink(dirname(connectionFile), join(shortFolder, 'k'));
    const prefix = `ipc://${join(shortFolder, 'k')}/${connection.ip.split('/').at(-1)}`;
    const shell = new Dealer({ linger: 0 });
    const iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
    iopub.subscribe();
    const connected = new Promise((resolve) => iopub.events.on('handshake', resolve));
    iopub.connect(`${prefix}-${connection.iopub_port}`);
    shell.connect(`${prefix}-${connection.shell_port}`);
    await connected;
    return new RawKernel(shell, iopub, connection.key, shortFolder);
  }

  async execute(code: string): Promise<Execution> {
    const request = executeRequest(code);
    this.#watch = new ExecutionWatch(request.header.msg_id);
    const parts = [request.header, request.parent_header, request.metadata, request.content].map(
      (part) => JSON.stringify(part),
    );
    const signature = createHmac('sha256', this.#key);
    for (const part of parts) signature.update(part);
    await this.#shell.send([delimiter, signature.digest('hex'), ...parts]);
    return this.#watch.finished;
  }

  async close(): Promise<void> {
    this.#shell.close();
    this.#iopub.close();
    await rm(this.#shortFolder, { recursive: true });
  }

  async #follow(socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      const start = frames.findIndex((frame) => frame.toString() === delimiter);
      const [header, parent, , content] = frames.slice(start + 2).map((frame) => frame.toString());
      this.#watch?.see({
        header: JSON.parse(header ?? '{}'),
        parent_header: JSON.parse(parent ?? '{}'),
        content: JSON.parse(content ?? '{}'),
      } as KernelMessage);
    }
  }
}
