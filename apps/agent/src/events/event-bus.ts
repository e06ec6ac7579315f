import { type WebSocket, WebSocketServer } from 'ws';
import { AgentError } from '../http/agent-error.ts';
import { readJsonObject, sendNoContent } from '../http/json.ts';
import type { Router } from '../http/router.ts';

/** An event as Jupyter's event system carries it; `schema_id` names its kind. */
export interface StudioEvent {
  readonly schemaId: string;
  readonly version: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * `WS /api/events/subscribe` and `POST /api/events` (Jupyter server's events API): what one page of
 * the studio emits, every open page of it receives.
 */
export class EventBus {
  readonly #subscribers = new Set<WebSocket>();
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });

  register(router: Router): void {
    router.onUpgrade('/api/events/subscribe', ({ request, socket, head }) => {
      this.#server.handleUpgrade(request, socket, head, (subscriber) => this.#add(subscriber));
    });
    router.on('POST', '/api/events', async (exchange) => {
      this.emit(parseEvent(await readJsonObject(exchange.request)));
      sendNoContent(exchange);
    });
  }

  emit(event: StudioEvent): void {
    const text = JSON.stringify({
      ...event.data,
      schema_id: event.schemaId,
      __schema_version__: event.version,
      __timestamp__: new Date().toISOString(),
      __metadata_version__: 1,
    });
    for (const subscriber of this.#subscribers) subscriber.send(text);
  }

  close(): void {
    // 1001: the server goes away (RFC 6455, section 7.4.1).
    for (const subscriber of this.#subscribers) subscriber.close(1001);
    this.#server.close();
  }

  #add(subscriber: WebSocket): void {
    this.#subscribers.add(subscriber);
    subscriber.on('close', () => this.#subscribers.delete(subscriber));
    // A broken connection is followed by `close`; nothing else is to be done about it.
    subscriber.on('error', () => {});
  }
}

function parseEvent(body: Readonly<Record<string, unknown>>): StudioEvent {
  const { schema_id: schemaId, version, data } = body;
  const isNamed = typeof schemaId === 'string' && schemaId !== '';
  const isVersioned = typeof version === 'string' || typeof version === 'number';
  if (!isNamed || !isVersioned || typeof data !== 'object' || data === null) {
    throw new AgentError('InvalidRequest', 'An event needs "schema_id", "version" and "data"');
  }
  return { schemaId, version: String(version), data: { ...data } };
}
