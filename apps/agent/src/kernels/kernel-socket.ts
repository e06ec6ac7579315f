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
import type { Dealer, Subscriber } from 'zeromq';
import { logFailure } from '../log-failure.ts';
import { SendQueue } from './send-queue.ts';
import type { ZeroMq } from './zeromq.ts';

/** A larger message would not fit the agent's memory: ZeroMQ ends the connection instead. */
export const maximumKernelMessageBytes = 128 * 1024 * 1024;
/** A kernel binds its sockets some 300 ms after it starts: ask often, an attempt costs microseconds. */
const reconnectMilliseconds = 10;

export interface KernelSocketOptions {
  readonly zeroMq: ZeroMq;
  readonly info: ConnectionInfo;
  readonly signer: MessageSigner;
  readonly name: Exclude<SocketName, 'heartbeat'>;
  readonly onMessage: (frames: MessageFrames) => void;
  /** One client has the same on shell and stdin, or the kernel cannot ask it for input. */
  readonly routingId?: string;
  /** Told when the connection to the kernel is made and lost. */
  readonly onConnection?: (connected: boolean) => void;
}

/** One ZeroMQ socket of one kernel: signs what it sends, and passes on only what is signed. */
export class KernelSocket {
  readonly #socket: Dealer | Subscriber;
  readonly #queue: SendQueue | undefined;
  readonly #signer: MessageSigner;
  readonly #endpoint: string;

  /** Connects at once, or as soon as the kernel has bound its sockets. */
  constructor(options: KernelSocketOptions) {
    this.#signer = options.signer;
    if (options.name === 'iopub') {
      this.#socket = openSubscriber(options);
    } else {
      const dealer = openDealer(options);
      this.#queue = new SendQueue(dealer);
      this.#socket = dealer;
    }
    if (options.onConnection !== undefined) this.#observe(options.onConnection).catch(ignoreClosed);
    this.#receive(options.onMessage).catch(ignoreClosed);
    this.#endpoint = endpointOf(options.info, options.name);
    this.#socket.connect(this.#endpoint);
  }

  /** Bytes accepted by {@link send} that the kernel has not taken yet. */
  get waitingBytes(): number {
    return this.#queue?.waitingBytes ?? 0;
  }

  send(frames: MessageFrames): void {
    this.#queue?.push(encodeWireMessage(frames, this.#signer));
  }

  /** For a connection that ZeroMQ gave up: after a message over the limit it does not try again. */
  reconnect(): void {
    try {
      this.#socket.disconnect(this.#endpoint);
    } catch {
      // Given up already: there is no connection to end.
    }
    this.#socket.connect(this.#endpoint);
  }

  close(): void {
    this.#queue?.close();
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
    for await (const { type } of this.#socket.events) {
      if (type === 'handshake') onConnection(true);
      if (type === 'disconnect') onConnection(false);
      if (type === 'end') return;
    }
  }
}

const commonOptions = {
  linger: 0,
  maxMessageSize: maximumKernelMessageBytes,
  reconnectInterval: reconnectMilliseconds,
  // Never full: what a kernel publishes is read at once, and dropped by our rules, not by ZeroMQ's.
  receiveHighWaterMark: 0,
};

function openSubscriber({ zeroMq }: KernelSocketOptions): Subscriber {
  const socket = new zeroMq.Subscriber(commonOptions);
  socket.subscribe();
  return socket;
}

function openDealer({ zeroMq, routingId }: KernelSocketOptions): Dealer {
  return new zeroMq.Dealer({ ...commonOptions, ...(routingId !== undefined && { routingId }) });
}

/** Reading a socket that is being closed fails; nobody waits for what it would have said. */
function ignoreClosed(): void {}
