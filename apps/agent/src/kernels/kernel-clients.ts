import type { ChannelMessage } from '@strongroom/jupyter-protocol';
import type { ClientLink, ClientLinkEvents } from './client-link.ts';
import { KernelClient, type KernelClientOptions } from './kernel-client.ts';
import type { KernelMessage } from './kernel-message.ts';
import type { KernelProcess } from './kernel-process.ts';

/** Clients that are away and may come back; the longest away is forgotten first. */
const maximumAwayClients = 4;

export interface KernelClientsOptions extends Pick<KernelClientOptions, 'createDropNotice'> {
  readonly onMessage: (client: KernelClient, message: ChannelMessage) => void;
  /** No client is connected any more. */
  readonly onAlone: () => void;
}

/** The front ends of one kernel, by session id. */
export class KernelClients {
  readonly #options: KernelClientsOptions;
  readonly #clients = new Map<string, KernelClient>();
  #process: KernelProcess | undefined;

  constructor(options: KernelClientsOptions) {
    this.#options = options;
  }

  get connectedCount(): number {
    return this.#all().filter((client) => client.isConnected).length;
  }

  /** Gives a WebSocket to the client of that session, a new one or one that comes back. */
  connect(sessionId: string, openLink: (events: ClientLinkEvents) => ClientLink): void {
    const client = this.#clients.get(sessionId) ?? this.#add(sessionId);
    const link = openLink({
      onMessage: (message) => this.#options.onMessage(client, message),
      onClose: () => {
        if (!client.detach(link)) return;
        this.#forgetLongestAway(client);
        if (this.connectedCount === 0) this.#options.onAlone();
      },
    });
    client.attach(link);
  }

  broadcast(message: KernelMessage): void {
    for (const client of this.#clients.values()) client.deliver(message);
  }

  isConnected(sessionId: string): boolean {
    return this.#clients.get(sessionId)?.isConnected === true;
  }

  deliver(sessionId: string, message: KernelMessage): void {
    this.#clients.get(sessionId)?.deliver(message);
  }

  bind(process: KernelProcess): void {
    this.#process = process;
    for (const client of this.#clients.values()) client.bind(process);
  }

  unbind(options: { keepHeld: boolean }): void {
    this.#process = undefined;
    for (const client of this.#clients.values()) client.unbind(options);
  }

  close(code: number, reason: string): void {
    for (const client of this.#clients.values()) client.close(code, reason);
    this.#clients.clear();
  }

  #all(): KernelClient[] {
    return [...this.#clients.values()];
  }

  #add(sessionId: string): KernelClient {
    const client = new KernelClient({
      createDropNotice: this.#options.createDropNotice,
      sessionId,
    });
    this.#clients.set(sessionId, client);
    if (this.#process !== undefined) client.bind(this.#process);
    return client;
  }

  #forgetLongestAway(client: KernelClient): void {
    // Most recently away last.
    this.#clients.delete(client.sessionId);
    this.#clients.set(client.sessionId, client);
    const away = this.#all().filter(({ isConnected }) => !isConnected);
    for (const forgotten of away.slice(0, Math.max(0, away.length - maximumAwayClients))) {
      forgotten.unbind({ keepHeld: false });
      this.#clients.delete(forgotten.sessionId);
    }
  }
}
