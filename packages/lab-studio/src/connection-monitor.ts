import type { ErrorCode, Studio } from '@strongroom/contracts';
import { type GatewayFailure, parseGatewayFailure } from './gateway-failure.ts';
import { parseStudio } from './parse-studio.ts';

/** Answered by the control plane itself, so it tells a stopped studio from a lost session. */
export const studioUrl = '/strongroom/api/studio';

/** Codes with which the gateway answers in the place of a studio that does not run. */
const stoppedCodes: readonly string[] = [
  'StudioStopped',
  'ServerDidNotStart',
  'SandboxUnavailable',
  'DiskFull',
  'LaunchFailed',
] satisfies readonly ErrorCode[];

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
    const connectionBefore = this.#connection;
    try {
      const response = await this.#fetch(input, init);
      if (isSuspect(response.status)) void this.#examine(response.clone());
      // Answered since it was gone: it is back.
      else if (this.#connection === connectionBefore) this.resume();
      return response;
    } catch (error) {
      if (!isAbort(error)) void this.probe();
      throw error;
    }
  };

  /**
   * A question that only the studio itself can answer. Unlike a page's own polls it also goes out
   * from a tab that nobody looks at, and it does not start a studio that was stopped.
   */
  async askStudio(): Promise<void> {
    await this.observedFetch('/api/status', { cache: 'no-store' }).catch(() => undefined);
  }

  /** Asks the control plane how things are. One question at a time. */
  async probe(failure: GatewayFailure | null = null, studioAnswered = true): Promise<Connection> {
    this.#probing ??= this.#ask(failure, studioAnswered).finally(() => {
      this.#probing = null;
    });
    return this.#probing;
  }

  /** Takes the studio to be there again; the next answer that says otherwise is reported anew. */
  resume(): void {
    if (this.#connection.state !== 'Connected') this.#set({ state: 'Connected' });
  }

  async #examine(response: Response): Promise<void> {
    const failure = parseGatewayFailure(await readJson(response));
    // An error that is not the gateway's own is an answer of the studio's Jupyter server, save for
    // a bare 502 or 504, which only something between here and there gives.
    const isBareGatewayError = failure === null && [502, 504].includes(response.status);
    if (failure === null && !isBareGatewayError && response.status !== 401) return;
    const isStopped = isBareGatewayError || stoppedCodes.includes(failure?.code ?? '');
    await this.probe(failure, !isStopped);
  }

  async #ask(failure: GatewayFailure | null, studioAnswered: boolean): Promise<Connection> {
    const connection = await this.#askControlPlane();
    if (connection.state !== 'Connected') return this.#set(connection);
    if (!studioAnswered) return this.#set({ state: 'StudioStopped', failure });
    // The control plane does not say that a stopped studio is back; an answer of the studio does.
    return this.#connection.state === 'StudioStopped' ? this.#connection : this.#set(connection);
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
  return status === 401 || status === 403 || status >= 500;
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
