import {
  type ChannelMessage,
  decodeJsonMessage,
  decodeV1Message,
  encodeJsonMessage,
  ProtocolError,
  v1WebSocketProtocol,
} from '@strongroom/jupyter-protocol';
import type { WebSocket } from 'ws';
import { logFailure } from '../log-failure.ts';
import type { KernelMessage } from './kernel-message.ts';

/** Close codes of RFC 6455, section 7.4.1. Lab connects again after the last two. */
export const closeCodes = {
  done: 1000,
  goingAway: 1001,
  malformed: 1007,
  kernelDead: 1011,
} as const;

export interface ClientLinkEvents {
  onMessage(message: ChannelMessage): void;
  onClose(): void;
}

/** One WebSocket of one client, in whichever of the two kernel protocols it chose. */
export class ClientLink {
  readonly #webSocket: WebSocket;
  readonly #isV1: boolean;

  constructor(webSocket: WebSocket, events: ClientLinkEvents) {
    this.#webSocket = webSocket;
    this.#isV1 = webSocket.protocol === v1WebSocketProtocol;
    webSocket.on('message', (data: Buffer, isBinary: boolean) => {
      try {
        events.onMessage(this.#decode(data, isBinary));
      } catch (error) {
        if (error instanceof ProtocolError) webSocket.close(closeCodes.malformed, error.message);
        else logFailure('Cannot handle the message of a client', error);
      }
    });
    webSocket.on('close', () => events.onClose());
    // Followed by `close`.
    webSocket.on('error', () => {});
  }

  get isOpen(): boolean {
    return this.#webSocket.readyState === this.#webSocket.OPEN;
  }

  /** Bytes accepted by {@link send} that the client has not taken yet. */
  get waitingBytes(): number {
    return this.#webSocket.bufferedAmount;
  }

  /** `onWritten` is called when the message has left the buffer, or the WebSocket is closed. */
  send(message: KernelMessage, onWritten: () => void): void {
    if (this.#isV1) {
      this.#webSocket.send(message.v1Bytes, { binary: true }, onWritten);
      return;
    }
    const { data, isBinary } = encodeJsonMessage(message);
    this.#webSocket.send(data, { binary: isBinary }, onWritten);
  }

  /** Stops reading, so that what the client sends waits at its end. */
  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, reason);
  }

  terminate(): void {
    this.#webSocket.terminate();
  }

  #decode(data: Buffer, isBinary: boolean): ChannelMessage {
    if (this.#isV1 && isBinary) return decodeV1Message(data);
    return decodeJsonMessage({ data, isBinary });
  }
}
