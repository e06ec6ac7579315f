import { type ErrorBody, StrongroomError } from '@strongroom/contracts';
import { errorStatus } from './error-status.ts';

export interface ErrorReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
}

/**
 * What a client is told of a failure. Of an error that is not ours it is told nothing but the
 * reference, under which the log has the rest.
 */
export function toErrorReply(error: unknown, reference: string): ErrorReply {
  const known = asStrongroomError(error);
  const { retryAfterSeconds } = known.values;
  return {
    status: protocolStatus(error) ?? errorStatus[known.code],
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    body: {
      error: {
        code: known.code,
        message: known.message,
        ...(known.remedy === undefined ? {} : { remedy: known.remedy }),
        ...(Object.keys(known.values).length === 0 ? {} : { values: { ...known.values } }),
        reference,
      },
    },
  };
}

/** Ours as it is; the framework's refusals of a request as `InvalidRequest`; all else `Internal`. */
function asStrongroomError(error: unknown): StrongroomError {
  if (error instanceof StrongroomError) return error;
  const status = statusOf(error);
  if (error instanceof Error && status !== undefined && status >= 400 && status < 500) {
    const message = `Cannot read the request: ${error.message}`;
    return new StrongroomError('InvalidRequest', message, { cause: error });
  }
  return new StrongroomError('Internal', 'Cannot do this: something unexpected went wrong', {
    remedy: 'Tell an administrator the reference: the log has more under it.',
    cause: error,
  });
}

/** Of the framework's own statuses the log and clients tell only two apart from 400. */
function protocolStatus(error: unknown): number | undefined {
  if (error instanceof StrongroomError) return undefined;
  const status = statusOf(error);
  return status === 413 || status === 414 ? status : undefined;
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}
