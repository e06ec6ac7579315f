import {
  createMessage,
  type MessageFrames,
  parseHeader,
  parseParentHeader,
} from '@strongroom/jupyter-protocol';
import { within } from './deadline.ts';

/** The agent's own requests to one kernel, paired with their replies by message id. */
export class KernelRequests {
  readonly #session: string;
  readonly #waiting = new Map<string, (reply: MessageFrames) => void>();

  constructor(session: string) {
    this.#session = session;
  }

  /** Resolves with the reply, or with `undefined` where none comes in time. */
  async send(
    socket: { send(frames: MessageFrames): void },
    request: { type: string; content: Readonly<Record<string, unknown>> },
    timeoutMilliseconds: number,
  ): Promise<MessageFrames | undefined> {
    const frames = createMessage({ ...request, session: this.#session });
    const { messageId } = parseHeader(frames.header);
    const reply = new Promise<MessageFrames>((resolve) => this.#waiting.set(messageId, resolve));
    socket.send(frames);
    try {
      return await within(timeoutMilliseconds, reply);
    } finally {
      this.#waiting.delete(messageId);
    }
  }

  /** Gives a reply to the request it answers. */
  settle(reply: MessageFrames): void {
    const parent = parseParentHeader(reply.parentHeader);
    if (parent !== undefined) this.#waiting.get(parent.messageId)?.(reply);
  }
}
