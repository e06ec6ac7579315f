import type { Socket } from 'node:net';
import type { StudioOnNetwork } from '../studio-connection.ts';
import type { EgressRules } from './egress-rules.ts';

interface Watched {
  readonly studio: StudioOnNetwork;
  readonly name: string;
  readonly port: number;
}

/** What is open through the gate: so many of each studio, and each only while it is allowed. */
export class GateConnections {
  readonly #maximumCount: number;
  readonly #rules: EgressRules;
  readonly #countOf = new Map<string, number>();
  readonly #open = new Map<Socket, Watched | undefined>();

  constructor(maximumCount: number, rules: EgressRules) {
    this.#maximumCount = maximumCount;
    this.#rules = rules;
  }

  /** Called back when it is over; `undefined` where this studio has too many. */
  enter({ interfaceId }: StudioOnNetwork, socket: Socket): (() => void) | undefined {
    const count = this.#countOf.get(interfaceId) ?? 0;
    if (count >= this.#maximumCount) return undefined;
    this.#countOf.set(interfaceId, count + 1);
    this.#open.set(socket, undefined);
    return () => {
      if (!this.#open.delete(socket)) return;
      const left = (this.#countOf.get(interfaceId) ?? 1) - 1;
      if (left === 0) this.#countOf.delete(interfaceId);
      else this.#countOf.set(interfaceId, left);
    };
  }

  watch(socket: Socket, watched: Watched): void {
    if (this.#open.has(socket)) this.#open.set(socket, watched);
  }

  /** An approval that ended ends what was opened under it. */
  review(): void {
    for (const [socket, watched] of this.#open) {
      if (watched === undefined) continue;
      if (!this.#rules.decide(watched.studio, watched).allowed) socket.destroy();
    }
  }

  closeAll(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }
}
