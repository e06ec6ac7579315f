import type { Socket } from 'node:net';
import type { StudioConnection } from '../studio-connection.ts';

/** Connections that are open, and how many each studio has. */
export class ConnectionCount {
  readonly #sockets = new Set<Socket>();
  readonly #counts = new Map<string, number>();

  /** `false`: the studio has as many as it may; nothing is counted then. */
  enter({ studio, socket }: StudioConnection, maximum: number): boolean {
    const { appId } = studio;
    const count = this.#counts.get(appId) ?? 0;
    if (count >= maximum) return false;
    this.#counts.set(appId, count + 1);
    this.#sockets.add(socket);
    const leave = () => {
      this.#sockets.delete(socket);
      const left = (this.#counts.get(appId) ?? 1) - 1;
      if (left > 0) this.#counts.set(appId, left);
      else this.#counts.delete(appId);
    };
    if (socket.closed) leave();
    else socket.once('close', leave);
    return true;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
