import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Person } from '../identity/person.ts';
import type { Studios } from '../studios/studios.ts';

/** A connection to a person's own agent, and to nobody else's. */
export interface AgentConnection {
  readonly socket: Socket;
  /** Ends the connection and lets the studio hibernate again. */
  close(): void;
}

const attempts = 5;
const pauseMilliseconds = 40;

/**
 * Starts the studio where it must be. An agent that has just died refuses connections a moment before
 * its end is known: then the next attempt finds it started again.
 *
 * @throws {StrongroomError} `StudioStopped`, `ServerDidNotStart`, `SandboxUnavailable`, `DiskFull`
 */
export async function connectAgent(
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
      if (attempt === attempts || !isGone(error)) throw error;
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
