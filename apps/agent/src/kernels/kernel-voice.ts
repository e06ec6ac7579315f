import { randomUUID } from 'node:crypto';
import { createMessage, type MessageFrames } from '@strongroom/jupyter-protocol';
import { KernelMessage } from './kernel-message.ts';
import type { KernelEnd } from './kernel-process.ts';

/**
 * What the agent says in a kernel's name. Each message carries the kernel's own session id: Lab
 * takes another one for a restart, and discards what it has not shown yet.
 */
export class KernelVoice {
  #session: string = randomUUID();

  /** Takes the session id of what the kernel itself says. */
  follow(message: KernelMessage): void {
    this.#session = message.header.session || this.#session;
  }

  /** Red text below the cell of that request. */
  createNotice(text: string, parentHeader: Buffer): KernelMessage {
    return this.#publish('stream', { name: 'stderr', text }, parentHeader);
  }

  createStatus(state: 'busy' | 'idle' | 'restarting', parentHeader?: Buffer): KernelMessage {
    return this.#publish('status', { execution_state: state }, parentHeader);
  }

  /** A message of our own type, in no cell. */
  createPublication(type: string, content: Readonly<Record<string, unknown>>): KernelMessage {
    return this.#publish(type, content, undefined);
  }

  /** For a page, which offers what can be done about a kernel's end. */
  createEnd(end: KernelEnd, text: string): KernelMessage {
    return this.createPublication('strongroom_kernel_ended', {
      out_of_memory: end.cause === 'exited' && end.exit.outOfMemory,
      text: text.trim(),
    });
  }

  /** `info` is the kernel's earlier reply. */
  createKernelInfoReply(info: MessageFrames, parentHeader: Buffer): KernelMessage {
    const reply = this.#create('kernel_info_reply', {}, parentHeader);
    return new KernelMessage('shell', { ...reply, content: info.content });
  }

  #publish(
    type: string,
    content: Readonly<Record<string, unknown>>,
    parentHeader: Buffer | undefined,
  ): KernelMessage {
    return new KernelMessage('iopub', this.#create(type, content, parentHeader));
  }

  #create(
    type: string,
    content: Readonly<Record<string, unknown>>,
    parentHeader: Buffer | undefined,
  ): MessageFrames {
    const session = this.#session;
    return createMessage({ type, session, content, ...(parentHeader && { parentHeader }) });
  }
}
