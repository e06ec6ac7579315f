import type { ProfileName } from '@strongroom/contracts';
import type { Admission } from './studio-sessions.ts';

export type ConnectionKind = 'request' | 'webSocket';

interface Connection {
  readonly kind: ConnectionKind;
  readonly profileName: ProfileName;
  readonly admission: Admission;
  cut(): void;
}

/** More at once than any page opens; a page that does harms only its own studio. */
const maximumPerStudio: Readonly<Record<ConnectionKind, number>> = {
  request: 256,
  webSocket: 256,
};

/** Every request and WebSocket in progress, so that what is revoked is cut at once. */
export class OpenConnections {
  readonly #connections = new Set<Connection>();

  /** Returns what to call at the end, or `undefined` where the studio has too many. */
  open(kind: ConnectionKind, admission: Admission, cut: () => void): (() => void) | undefined {
    const { profileName } = admission.person;
    let count = 0;
    for (const each of this.#connections) {
      if (each.kind === kind && each.profileName === profileName) count += 1;
    }
    if (count >= maximumPerStudio[kind]) return undefined;
    const connection: Connection = { kind, profileName, admission, cut };
    this.#connections.add(connection);
    return () => void this.#connections.delete(connection);
  }

  /** One of each studio session that has something open. */
  admissions(): Admission[] {
    const byHash = new Map<string, Admission>();
    for (const { admission } of this.#connections) byHash.set(admission.tokenHash, admission);
    return [...byHash.values()];
  }

  cutSession(sessionId: string): void {
    this.#cutWhere(({ admission }) => admission.sessionId === sessionId);
  }

  cutStudioSession(tokenHash: string): void {
    this.#cutWhere(({ admission }) => admission.tokenHash === tokenHash);
  }

  cutStudio(profileName: ProfileName): void {
    this.#cutWhere((connection) => connection.profileName === profileName);
  }

  cutAll(): void {
    this.#cutWhere(() => true);
  }

  #cutWhere(isMeant: (connection: Connection) => boolean): void {
    for (const connection of [...this.#connections].filter(isMeant)) {
      this.#connections.delete(connection);
      connection.cut();
    }
  }
}
