import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import {
  type AgentNotice,
  type AgentRequest,
  agentChannelMaximumLineBytes,
  type ControlPlaneMessage,
} from '@strongroom/contracts';
import { AgentError } from '../http/agent-error.ts';
import { LineReader } from './line-reader.ts';

type EventMessage = Extract<ControlPlaneMessage, { event: string }>;
type AnswerMessage = Exclude<ControlPlaneMessage, { event: string }>;
type EventName = EventMessage['event'];
type ChannelEvents = {
  [Name in EventName]: [Extract<EventMessage, { event: Name }>];
} & { closed: [] };

export type RequestMethod = AgentRequest['method'];
type Parameters<Method extends RequestMethod> = Extract<AgentRequest, { method: Method }>['params'];

/** What the control plane answers; empty where there is nothing to tell. */
export type ChannelResult = Readonly<Record<string, unknown>>;

interface Waiting {
  resolve(result: ChannelResult): void;
  reject(error: AgentError): void;
}

/**
 * The agent's end of the agent channel: newline-delimited JSON on an inherited stream socket. Its
 * peer is the control plane, which the agent trusts, so a message's shape is not checked again.
 */
export class ControlPlaneChannel extends EventEmitter<ChannelEvents> {
  readonly #stream: Duplex;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #closed = false;

  constructor(stream: Duplex) {
    super();
    // Each kernel listens for its own end.
    this.setMaxListeners(0);
    this.#stream = stream;
    const lines = new LineReader(agentChannelMaximumLineBytes, (line) => this.#receive(line));
    stream.on('data', (chunk: Buffer) => lines.push(chunk));
    stream.on('error', () => stream.destroy());
    stream.on('close', () => this.#end());
    stream.on('end', () => stream.destroy());
  }

  /** Resolves when the control plane has done it; throws `Refused` or `Unavailable` with its words. */
  async request<Method extends RequestMethod>(
    method: Method,
    params: Parameters<Method>,
  ): Promise<ChannelResult> {
    if (this.#closed) throw unreachable();
    this.#lastId += 1;
    const id = this.#lastId;
    const line = JSON.stringify({ id, method, params });
    if (Buffer.byteLength(line) > agentChannelMaximumLineBytes) {
      throw new AgentError('TooLarge', `Cannot ask for "${method}": the request is too large`);
    }
    return await new Promise<ChannelResult>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#stream.write(`${line}\n`);
    });
  }

  notify(notice: AgentNotice): void {
    if (!this.#closed) this.#stream.write(`${JSON.stringify(notice)}\n`);
  }

  close(): void {
    this.#stream.destroy();
    this.#end();
  }

  #receive(line: string): void {
    const message = JSON.parse(line) as ControlPlaneMessage;
    if (!('event' in message)) {
      this.#settle(message);
      return;
    }
    // One emit for each event: their arguments differ in type.
    switch (message.event) {
      case 'kernelExited':
        this.emit('kernelExited', message);
        break;
      case 'kernelsChanged':
        this.emit('kernelsChanged', message);
        break;
      case 'runNotebook':
        this.emit('runNotebook', message);
        break;
      case 'cancelNotebook':
        this.emit('cancelNotebook', message);
        break;
      case 'prepareKernel':
        this.emit('prepareKernel', message);
        break;
      case 'language':
        this.emit('language', message);
        break;
      case 'shutdown':
        this.emit('shutdown', message);
        break;
    }
  }

  #settle(answer: AnswerMessage): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (!('error' in answer)) {
      waiting?.resolve(answer.result);
      return;
    }
    const { code, message, reference } = answer.error;
    const text = reference === undefined ? message : `${message} (reference ${reference})`;
    waiting?.reject(
      new AgentError(code === 'AccessDenied' ? 'Refused' : 'Unavailable', text, {
        controlPlaneCode: code,
      }),
    );
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { reject } of this.#waiting.values()) reject(unreachable());
    this.#waiting.clear();
    this.emit('closed');
  }
}

function unreachable(): AgentError {
  return new AgentError('Unavailable', 'The studio has lost its control plane. Launch it again');
}
