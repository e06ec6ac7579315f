import type { Studio } from '@strongroom/contracts';
import { type GatewayFailure, parseGatewayFailure } from './gateway-failure.ts';
import { parseStudio } from './parse-studio.ts';

/** Answered by the control plane itself, so it tells a stopped studio from a lost session. */
export const studioUrl = '/strongroom/api/studio';

export type Connection =
  | { readonly state: 'Connected' }
  /** The session ended, ran out, or was ended by an administrator. */
  | { readonly state: 'SignedOut' }
  /** Signed in, but this studio may not be used (any more). */
  | { readonly state: 'Refused'; readonly failure: GatewayFailure | null }
  /** The control plane answers, the studio does not. */
  | { readonly state: 'StudioStopped'; readonly failure: GatewayFailure | null }
  /** Nothing answers. */
  | { readonly state: 'Unreachable' };

export interface ConnectionMonitorOptions {
  readonly fetch: (input: RequestInfo, init?: RequestInit) => Promise<Response>;
  /** Called whenever the state changes. */
  readonly onChange?: (connection: Connection) => void;
}

/**
 * Watches every answer that Lab's requests get. One that may mean that the studio is gone makes it
 * ask the control plane, whose answer decides.
 */
export class ConnectionMonitor {
  #connection: Connection = { state: 'Connected' };
  #studio: Studio | null = null;
  #probing: Promise<Connection> | null = null;
  readonly #fetch: ConnectionMonitorOptions['fetch'];
  readonly #listeners = new Set<(connection: Connection) => void>();

  constructor({ fetch, onChange }: ConnectionMonitorOptions) {
    this.#fetch = fetch;
    if (onChange !== undefined) this.#listeners.add(onChange);
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Null until the control plane has answered once. */
  get studio(): Studio | null {
    return this.#studio;
  }

  onChange(listener: (connection: Connection) => void): void {
    this.#listeners.add(listener);
  }

  /** A `fetch` for Lab's server settings. Answers and errors pass through unchanged. */
  readonly observedFetch = async (input: RequestInfo, init?: RequestInit): Promise<Response> => {
    try {
      const response = await this.#fetch(input, init);
      if (isSuspect(response.status)) void this.#examine(response.clone());
      return response;
    } catch (error) {
      if (!isAbort(error)) void this.probe();
      throw error;
    }
  };

  /** Asks the control plane how things are. One question at a time. */
  async probe(failure: GatewayFailure | null = null, studioAnswered = true): Promise<Connection> {
    this.#probing ??= this.#ask(failure, studioAnswered).finally(() => {
      this.#probing = null;
    });
    return this.#probing;
  }

  /** Takes the studio to be there again; the next answer that says otherwise is reported anew. */
  resume(): void {
    this.#set({ state: 'Connected' });
  }

  async #examine(response: Response): Promise<void> {
    const failure = parseGatewayFailure(await readJson(response));
    if (response.status === 401) return void (await this.probe());
    // A 403 or 5xx that is not the gateway's own is an answer of the studio's Jupyter server,
    // save for a bare 502 or 504, which only something between here and there gives.
    if (failure === null && response.status !== 502 && response.status !== 504) return;
    await this.probe(failure, response.status < 500);
  }

  async #ask(failure: GatewayFailure | null, studioAnswered: boolean): Promise<Connection> {
    const connection = await this.#askControlPlane();
    if (connection.state === 'Connected' && !studioAnswered) {
      return this.#set({ state: 'StudioStopped', failure });
    }
    return this.#set(connection);
  }

  async #askControlPlane(): Promise<Connection> {
    try {
      const response = await this.#fetch(studioUrl, {
        cache: 'no-store',
        credentials: 'same-origin',
      });
      if (response.status === 401) return { state: 'SignedOut' };
      const body = await readJson(response);
      if (response.status === 403) return { state: 'Refused', failure: parseGatewayFailure(body) };
      const studio = response.ok ? parseStudio(body) : null;
      if (studio === null) return { state: 'Unreachable' };
      this.#studio = studio;
      return { state: 'Connected' };
    } catch {
      return { state: 'Unreachable' };
    }
  }

  #set(connection: Connection): Connection {
    const changed = connection.state !== this.#connection.state;
    this.#connection = connection;
    if (changed) for (const listener of this.#listeners) listener(connection);
    return connection;
  }
}

function isSuspect(status: number): boolean {
  return [401, 403, 502, 503, 504].includes(status);
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
