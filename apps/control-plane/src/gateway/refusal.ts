import { type ErrorBody, StrongroomError } from '@strongroom/contracts';
import { type ErrorReply, toErrorReply } from '../http/error-reply.ts';
import { newReference } from '../studios/reference.ts';
import { StudioStartError } from '../studios/start-failure.ts';
import type { StudioLog } from '../studios/studio-log.ts';

/** What a person or a program is told instead of an answer; its reference is in the log. */
export type Refusal = ErrorReply & { readonly body: ErrorBody };

/** Maps any error to a refusal and puts it into the log under the same reference. */
export function refusalOf(
  error: unknown,
  log: StudioLog,
  fields: Readonly<Record<string, unknown>>,
): Refusal {
  // A failed start is in the log already.
  const reference = error instanceof StudioStartError ? error.reference : newReference();
  const refusal = toErrorReply(error, reference);
  const { status, body } = refusal;
  const { code, message } = body.error;
  const entry = { ...fields, reference, code, status, message };
  if (code === 'Internal') log.error({ ...entry, err: error }, 'Cannot answer a request');
  else log[status >= 500 ? 'warn' : 'info'](entry, 'Refused a request');
  return refusal;
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
