import {
  type ConnectionInfo,
  decodeWireMessage,
  encodeWireMessage,
  endpointOf,
  type MessageFrames,
  type MessageSigner,
  ProtocolError,
  type SocketName,
} from '@strongroom/jupyter-protocol';
import type { Dealer, Observer, Subscriber } from 'zeromq';
import { logFailure } from '../http/log-failure.ts';
import { SendQueue } from './send-queue.ts';
import { loadZeroMq } from './zeromq.ts';

/** A larger message would not fit the agent's memory; ZeroMQ drops the connection instead. */
const maximumMessageBytes = 256 * 1024 * 1024;
/** A kernel binds its sockets some 300 ms after it starts: ask often, an attempt costs microseconds. */
const reconnectMilliseconds = 10;

export interface KernelSocketOptions {
  readonly info: ConnectionInfo;
  readonly signer: MessageSigner;
  readonly name: Exclude<SocketName, 'heartbeat'>;
  readonly onMessage: (frames: MessageFrames) => void;
  /** Shell and stdin of one client have the same, or the kernel cannot ask that client for input. */
  readonly routingId?: string;
  /** Told when the connection to the kernel is made and lost. */
  readonly onConnection?: (connected: boolean) => void;
}

/** One ZeroMQ socket of one kernel: signs what it sends, and passes on only what is signed. */
export class KernelSocket {
  readonly #socket: Dealer | Subscriber;
  readonly #queue: SendQueue | undefined;
  readonly #signer: MessageSigner;
  #observer: Observer | undefined;

  private constructor(socket: Dealer | Subscriber, options: KernelSocketOptions) {
    this.#socket = socket;
    this.#signer = options.signer;
    this.#queue = 'send' in socket && options.name !== 'iopub' ? new SendQueue(socket) : undefined;
    if (options.onConnection !== undefined) {
      this.#observe(options.onConnection).catch(ignoreClosed);
    }
    this.#receive(options.onMessage).catch(ignoreClosed);
    socket.connect(endpointOf(options.info, options.name));
  }

  /** Connects at once, or as soon as the kernel has bound its sockets. */
  static async open(options: KernelSocketOptions): Promise<KernelSocket> {
    const { Dealer, Subscriber } = await loadZeroMq();
    const common = {
      linger: 0,
      maxMessageSize: maximumMessageBytes,
      reconnectInterval: reconnectMilliseconds,
      // Never full: what a kernel publishes is read at once, and dropped by our rules, not by ZeroMQ's.
      receiveHighWaterMark: 0,
    };
    if (options.name === 'iopub') {
      const socket = new Subscriber(common);
      socket.subscribe();
      return new KernelSocket(socket, options);
    }
    const { routingId } = options;
    const socket = new Dealer({ ...common, ...(routingId !== undefined && { routingId }) });
    return new KernelSocket(socket, options);
  }

  /** Bytes accepted by {@link send} that the kernel has not taken yet. */
  get waitingBytes(): number {
    return this.#queue?.waitingBytes ?? 0;
  }

  send(frames: MessageFrames): void {
    this.#queue?.push(encodeWireMessage(frames, this.#signer));
  }

  close(): void {
    this.#queue?.close();
    this.#observer?.close();
    this.#socket.close();
  }

  async #receive(onMessage: (frames: MessageFrames) => void): Promise<void> {
    for await (const parts of this.#socket) {
      try {
        onMessage(decodeWireMessage(parts, this.#signer));
      } catch (error) {
        // Unsigned or malformed: not from this kernel, or not a message. Nothing reads it.
        if (!(error instanceof ProtocolError)) logFailure('Cannot handle a kernel message', error);
      }
    }
  }

  async #observe(onConnection: (connected: boolean) => void): Promise<void> {
    const observer = this.#socket.events;
    this.#observer = observer;
    for await (const { type } of observer) {
      if (type === 'handshake') onConnection(true);
      if (type === 'disconnect') onConnection(false);
    }
  }
}

/** Reading a socket that is being closed fails; nobody waits for what it would have said. */
function ignoreClosed(): void {}
