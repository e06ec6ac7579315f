import { type ErrorBody, StrongroomError } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import { type ErrorReply, toErrorReply } from '../http/error-reply.ts';
import { TokenBuckets } from '../identity/token-buckets.ts';
import { newReference } from '../studios/reference.ts';
import { StudioStartError } from '../studios/start-failure.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { EntryDeniedError } from './studio-sessions.ts';

export interface RefusedRequest {
  readonly profileName: string;
  readonly method: string | undefined;
  /** Without the query: a token may be in it. */
  readonly path: string | undefined;
}

/** What a person or a program is told instead of an answer; its reference is in the log. */
export type Refusal = ErrorReply & { readonly body: ErrorBody };

/** Enough for every person's mishaps; a flood of them must not fill the disk. */
const loggedAtOnce = 300;
const secondsPerLogged = 0.2;

/** Turns errors into refusals and puts each into the log under the same reference. */
export class Refusals {
  readonly #log: StudioLog;
  readonly #logged: TokenBuckets;

  constructor(log: StudioLog, clock: Clock) {
    this.#log = log;
    this.#logged = new TokenBuckets(
      { capacity: loggedAtOnce, refillSeconds: secondsPerLogged },
      clock,
    );
  }

  of(error: unknown, fields: RefusedRequest): Refusal {
    const reference = referenceOf(error) ?? newReference();
    const refusal = toErrorReply(error, reference);
    const { status, body } = refusal;
    const { code, message } = body.error;
    const entry = { ...fields, reference, code, status, message };
    if (code === 'Internal') this.#log.error({ ...entry, err: error }, 'Cannot answer a request');
    else this.#log[this.#levelOf(status, fields.profileName)](entry, 'Refused a request');
    return refusal;
  }

  #levelOf(status: number, profileName: string): 'debug' | 'info' | 'warn' {
    if (this.#logged.waitSeconds(profileName) > 0) return 'debug';
    this.#logged.spend(profileName);
    return status >= 500 ? 'warn' : 'info';
  }
}

/** A failed start is in the log already, a denied entry in the audit trail. */
function referenceOf(error: unknown): string | undefined {
  if (error instanceof StudioStartError || error instanceof EntryDeniedError)
    return error.reference;
  return undefined;
}

export function invalidRequest(message: string): StrongroomError {
  return new StrongroomError('InvalidRequest', message);
}

export function nothingHere(): StrongroomError {
  return new StrongroomError('FileNotFound', 'There is nothing at this address');
}

export function tooManyRequests(): StrongroomError {
  return new StrongroomError('TooManyRequests', 'This studio is asked too much at once', {
    remedy: 'Wait a moment and try again',
    values: { retryAfterSeconds: 2 },
  });
}
