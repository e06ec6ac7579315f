import { randomUUID } from 'node:crypto';
import {
  type Channel,
  type ChannelMessage,
  type MessageFrames,
  sizeBytesOf,
} from '@strongroom/jupyter-protocol';
import type { ClientLink } from './client-link.ts';
import { KernelMessage } from './kernel-message.ts';
import type { KernelProcess } from './kernel-process.ts';
import type { KernelSocket } from './kernel-socket.ts';
import { Outbox, outboxLimitBytes } from './outbox.ts';

/** More than this in a WebSocket's own buffer, and messages wait in the outbox, where rules hold. */
const linkLimitBytes = 4 * 1024 * 1024;
/** More than this towards the kernel, and the client is not read until the kernel has taken it. */
const inboundLimitBytes = 32 * 1024 * 1024;
const inboundPollMilliseconds = 25;

export interface KernelClientOptions {
  readonly sessionId: string;
  /** Makes the notice that output was left out, in the cell of the first message left out. */
  readonly createDropNotice: (firstDropped: KernelMessage, limitBytes: number) => KernelMessage;
}

/**
 * One front end of one kernel, by its session id: over reconnections of its WebSocket (what it
 * misses waits) and over restarts of the kernel (what it sends waits until the kernel is heard).
 */
export class KernelClient {
  readonly sessionId: string;
  readonly #createDropNotice: KernelClientOptions['createDropNotice'];
  readonly #outbox = new Outbox(outboxLimitBytes);
  readonly #sockets = new Map<Channel, KernelSocket>();
  #routingId = randomUUID();
  #link: ClientLink | undefined;
  #process: KernelProcess | undefined;
  #held: ChannelMessage[] = [];
  #heldBytes = 0;
  #inboundTimer: NodeJS.Timeout | undefined;

  constructor(options: KernelClientOptions) {
    this.sessionId = options.sessionId;
    this.#createDropNotice = options.createDropNotice;
  }

  get isConnected(): boolean {
    return this.#link !== undefined;
  }

  /** Takes the place of an older WebSocket of this session, and sends what waited. */
  attach(link: ClientLink): void {
    const previous = this.#link;
    this.#link = link;
    // Half-open: the client would not have come back while it still held the old one.
    previous?.terminate();
    this.#flush();
  }

  /** Whether the client is away now: not where `link` had been replaced already. */
  detach(link: ClientLink): boolean {
    if (this.#link !== link) return false;
    this.#link = undefined;
    clearInterval(this.#inboundTimer);
    this.#inboundTimer = undefined;
    return true;
  }

  deliver(message: KernelMessage): void {
    if (this.#outbox.isEmpty && this.#linkTakesMore()) this.#send(message);
    else this.#outbox.push(message);
  }

  /** Opens this client's sockets to a kernel's new run; what it sent meanwhile follows once it is heard. */
  bind(process: KernelProcess): void {
    this.#process = process;
    this.#routingId = randomUUID();
    for (const channel of ['shell', 'stdin'] as const) this.#open(channel, process);
    void process.alive.then(() => {
      if (this.#process === process) this.#sendHeld();
    });
  }

  /** The kernel's run is over; what was meant for it reaches the next one only where that is wanted. */
  unbind({ keepHeld }: { keepHeld: boolean }): void {
    this.#process = undefined;
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
    if (keepHeld) return;
    this.#held = [];
    this.#heldBytes = 0;
  }

  /** Sends to the kernel, or keeps it until the kernel has been heard. */
  forward(message: ChannelMessage): void {
    if (this.#process?.isAlive) {
      this.#socketOf(message.channel, this.#process).send(message.frames);
    } else {
      this.#held.push(message);
      this.#heldBytes += sizeBytesOf(message.frames);
    }
    if (this.#inboundBytes() > inboundLimitBytes) this.#pauseInbound();
  }

  close(code: number, reason: string): void {
    this.unbind({ keepHeld: false });
    clearInterval(this.#inboundTimer);
    this.#link?.close(code, reason);
    this.#link = undefined;
  }

  #flush(): void {
    while (this.#linkTakesMore()) {
      const firstDropped = this.#outbox.takeFirstDropped();
      const message =
        firstDropped === undefined
          ? this.#outbox.shift()
          : this.#createDropNotice(firstDropped, outboxLimitBytes);
      if (message === undefined) return;
      this.#send(message);
    }
  }

  #send(message: KernelMessage): void {
    const link = this.#link;
    link?.send(message, () => {
      if (this.#link === link && !this.#outbox.isEmpty) this.#flush();
    });
  }

  #linkTakesMore(): boolean {
    const link = this.#link;
    return link?.isOpen === true && link.waitingBytes <= linkLimitBytes;
  }

  #sendHeld(): void {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    for (const message of held) this.forward(message);
  }

  #socketOf(channel: Channel, process: KernelProcess): KernelSocket {
    return this.#sockets.get(channel) ?? this.#open(channel, process);
  }

  #open(channel: Channel, process: KernelProcess): KernelSocket {
    const onMessage = (frames: MessageFrames) => this.deliver(new KernelMessage(channel, frames));
    const socket = process.openSocket({ name: channel, onMessage, routingId: this.#routingId });
    this.#sockets.set(channel, socket);
    return socket;
  }

  #inboundBytes(): number {
    let sizeBytes = this.#heldBytes;
    for (const socket of this.#sockets.values()) sizeBytes += socket.waitingBytes;
    return sizeBytes;
  }

  #pauseInbound(): void {
    if (this.#inboundTimer !== undefined) return;
    this.#link?.pause();
    this.#inboundTimer = setInterval(() => {
      if (this.#inboundBytes() > inboundLimitBytes) return;
      clearInterval(this.#inboundTimer);
      this.#inboundTimer = undefined;
      this.#link?.resume();
    }, inboundPollMilliseconds);
  }
}
