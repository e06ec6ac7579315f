import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { StrongroomError } from '@strongroom/contracts';
import type { Person } from '../identity/person.ts';
import type { Studios } from '../studios/studios.ts';

/** A connection to a person's own agent, and to nobody else's. */
export interface AgentConnection {
  readonly socket: Socket;
  /** Ends the connection and lets the studio hibernate again. */
  close(): void;
}

/** The connection ended before anything was answered. */
class AgentGoneError extends StrongroomError {
  constructor(cause: unknown) {
    super('StudioStopped', "The studio's server ended while it was asked", {
      remedy: 'Try again. If it fails again, stop the studio in the console and launch it',
      cause,
    });
  }
}

/** The error of a request to an agent: `AgentGoneError` where the connection itself ended. */
export function explainAgentError(error: NodeJS.ErrnoException): StrongroomError {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return new AgentGoneError(error);
  const said = 'The studio answered with something that is not HTTP';
  return new StrongroomError('StudioStopped', said, { cause: error });
}

const connectAttempts = 5;
const askAttempts = 2;
const pauseMilliseconds = 50;

/**
 * Connects and asks; once more where the agent was just ending and asking twice does no harm.
 *
 * @throws {StrongroomError} `StudioStopped`, `ServerDidNotStart`, `SandboxUnavailable`, `DiskFull`
 */
export async function askAgent(
  options: {
    readonly studios: Pick<Studios, 'visit'>;
    readonly person: Person;
    readonly isRepeatable: () => boolean;
  },
  ask: (connection: AgentConnection) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const connection = await connectAgent(options.studios, options.person);
    try {
      return await ask(connection);
    } catch (error) {
      const isLast = attempt === askAttempts || !options.isRepeatable();
      if (isLast || !(error instanceof AgentGoneError)) throw error;
      await setTimeout(pauseMilliseconds);
    }
  }
}

/**
 * Starts the studio where it must be. An agent that has just died refuses connections a moment before
 * its end is known: then the next attempt finds it started again.
 */
async function connectAgent(
  studios: Pick<Studios, 'visit'>,
  person: Person,
): Promise<AgentConnection> {
  for (let attempt = 1; ; attempt += 1) {
    const visit = await studios.visit(person, 'request');
    try {
      const socket = await openSocket(visit.socketPath);
      socket.once('close', visit.leave);
      return { socket, close: () => void socket.destroy() };
    } catch (error) {
      visit.leave();
      if (attempt === connectAttempts || !isGone(error)) throw error;
      await setTimeout(pauseMilliseconds);
    }
  }
}

function openSocket(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      // Each user of the socket handles its errors by its close.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ECONNRESET' || code === 'EAGAIN';
}
