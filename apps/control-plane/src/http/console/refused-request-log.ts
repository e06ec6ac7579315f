import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { addressKey } from '../../identity/client-address.ts';
import { TokenBuckets } from '../../identity/token-buckets.ts';

/** Enough for every mishap behind one address; a flood of them must not fill the disk. */
const loggedRate = { capacity: 600, refillSeconds: 0.2 };

/** What requests came to that were not answered, by the reference that their sender was shown. */
export class RefusedRequestLog {
  readonly #log: Logger;
  readonly #logged: TokenBuckets;

  constructor(log: Logger, clock: Clock) {
    this.#log = log;
    this.#logged = new TokenBuckets(loggedRate, clock);
  }

  write(request: FastifyRequest, error: unknown, status: number): void {
    const fields = {
      reference: request.id,
      method: request.method,
      // The route as it is declared: an address may hold what a log should not.
      route: request.routeOptions.url,
      status,
      profileName: request.caller?.person.profileName,
    };
    const level = this.#levelOf(request);
    if (status >= 500) {
      this.#log[level === 'debug' ? 'debug' : 'error']({ ...fields, err: error }, 'Request failed');
      return;
    }
    const { code, message } = error as { code?: string; message?: string };
    this.#log[level]({ ...fields, code, message }, 'Request refused');
  }

  #levelOf({ socket }: FastifyRequest): 'debug' | 'info' {
    const key = addressKey(socket.remoteAddress);
    if (this.#logged.waitSeconds(key) > 0) return 'debug';
    this.#logged.spend(key);
    return 'info';
  }
}
