import type { Duplex } from 'node:stream';
import {
  type AgentNotice,
  type AgentRequest,
  agentChannelMaximumLineBytes,
  agentMessageSchema,
  type ControlPlaneMessage,
} from '@strongroom/contracts';
import { LimitedLines } from './limited-lines.ts';

/** A refusal that the agent is told about; its message reaches the person in the notebook. */
export class AgentRequestError extends Error {
  override readonly name = 'AgentRequestError';
  readonly code: string;
  readonly reference: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { cause?: unknown; reference?: string } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.reference = options.reference;
  }
}

export interface AgentChannelHandlers {
  /** @throws {AgentRequestError} told to the agent; anything else ends it. */
  onRequest(request: AgentRequest): Promise<Readonly<Record<string, unknown>>>;
  onNotice(notice: AgentNotice): void;
  /** The agent broke the protocol; the channel is closed already. */
  onViolation(reason: string): void;
  /** The other end is gone. */
  onEnd(): void;
}

export interface AgentChannel {
  send(message: ControlPlaneMessage): void;
  close(): void;
}

const maximumPendingRequests = 64;
/** Answers that the agent does not read pile up here, not without end. */
const maximumUnreadBytes = 4 * 1024 * 1024;
/** More lines than this wait, unread, for the next period: a flood costs its sender, not us. */
const linesPerPeriod = 200;
const periodMilliseconds = 1000;

/**
 * INVARIANT: every byte from the agent is hostile. What is not exactly a known message ends the
 * channel, and with it the agent.
 */
export function openAgentChannel(stream: Duplex, handlers: AgentChannelHandlers): AgentChannel {
  const lines = new LimitedLines(agentChannelMaximumLineBytes);
  let pendingRequests = 0;
  let isOpen = true;

  const close = () => {
    isOpen = false;
    stream.destroy();
  };
  const end = () => {
    if (!isOpen) return;
    close();
    handlers.onEnd();
  };
  const violate = (reason: string) => {
    if (!isOpen) return;
    close();
    handlers.onViolation(reason);
  };
  const send = (message: ControlPlaneMessage) => {
    if (!isOpen) return;
    stream.write(`${JSON.stringify(message)}\n`);
    if (stream.writableLength > maximumUnreadBytes) violate('It does not read its answers');
  };
  const answer = async (request: AgentRequest) => {
    try {
      const result = await handlers.onRequest(request);
      send({ id: request.id, result: { ...result } });
    } catch (error) {
      if (!(error instanceof AgentRequestError)) throw error;
      const { code, message, reference } = error;
      send({
        id: request.id,
        error: { code, message, ...(reference === undefined ? {} : { reference }) },
      });
    } finally {
      pendingRequests -= 1;
    }
  };
  const take = (line: string) => {
    const message = agentMessageSchema.safeParse(parseJson(line));
    if (!message.success) return violate('It sent something that is not a message');
    if ('notice' in message.data) return handlers.onNotice(message.data);
    pendingRequests += 1;
    if (pendingRequests > maximumPendingRequests) return violate('It asks too much at once');
    answer(message.data).catch((error: unknown) => violate(`Its request failed: ${String(error)}`));
  };

  const countLines = limitRate(stream, () => isOpen);
  stream.on('data', (chunk: Buffer) => {
    const complete = lines.push(chunk);
    for (const line of complete ?? []) if (isOpen) take(line);
    if (complete === undefined) violate('It sent a line that is too long');
    else countLines(complete.length);
  });
  stream.on('end', end);
  stream.on('close', end);
  stream.on('error', end);
  return { send, close };
}

function limitRate(stream: Duplex, isOpen: () => boolean): (lineCount: number) => void {
  let periodStart = 0;
  let countInPeriod = 0;
  return (lineCount) => {
    const now = Date.now();
    if (now - periodStart >= periodMilliseconds) {
      periodStart = now;
      countInPeriod = 0;
    }
    countInPeriod += lineCount;
    if (countInPeriod <= linesPerPeriod || stream.isPaused()) return;
    stream.pause();
    setTimeout(() => isOpen() && stream.resume(), periodMilliseconds).unref();
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
