import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RefusedByPolicyError } from './access.ts';
import { answerRequest } from './answer-request.ts';
import { errorAnswer, type RequestIds, toS3Error } from './error-answer.ts';
import type { Exchange, RequestNotes } from './exchange.ts';
import { discardRest } from './request-body.ts';
import { type S3Answer, sendAnswer } from './s3-answer.ts';
import type { S3Connection, S3Principal, S3ServiceOptions } from './s3-service-options.ts';
import { UploadEncryptions } from './upload-encryptions.ts';

export interface S3Service {
  /** For the `request` event of a server. Resolves when it is answered; it never rejects. */
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    connection: S3Connection,
  ): Promise<void>;
  /** For `checkContinue`: the client is told to go on once the request is allowed. */
  handleContinue(
    request: IncomingMessage,
    response: ServerResponse,
    connection: S3Connection,
  ): Promise<void>;
}

const usualIdleMilliseconds = 120_000;

/** S3's REST protocol over a store. */
export function createS3Service<Principal extends S3Principal>(
  options: S3ServiceOptions<Principal>,
): S3Service {
  const uploadEncryptions = new UploadEncryptions();
  const idleMilliseconds = options.idleMilliseconds ?? usualIdleMilliseconds;

  async function handle(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    const startedAt = performance.now();
    const notes: RequestNotes = { isContinued: !exchange.expectsContinue };
    const ids = newIds();
    response.setHeader('x-amz-request-id', ids.requestId);
    response.setHeader('x-amz-id-2', ids.hostId);
    request.setTimeout(idleMilliseconds, () => request.destroy());
    let outcome: Outcome = { status: 0, sentBytes: 0, error: undefined };
    try {
      const answer = await answerRequest(exchange, options, notes);
      const sentBytes = await send(exchange, notes, answer);
      outcome = { status: answer.status, sentBytes, error: undefined };
    } catch (error) {
      outcome = await sendError(exchange, notes, ids, error);
    }
    options.log({
      requestId: ids.requestId,
      ...{ operation: notes.operation, bucket: notes.bucket, key: notes.key },
      ...{ principalArn: notes.principalArn, sourceVpce: exchange.connection.sourceVpce },
      ...describe(outcome),
      durationMilliseconds: performance.now() - startedAt,
    });
  }

  return {
    handle: (request, response, connection) =>
      handle({ request, response, connection, uploadEncryptions, expectsContinue: false }),
    handleContinue: (request, response, connection) =>
      handle({ request, response, connection, uploadEncryptions, expectsContinue: true }),
  };
}

interface Outcome {
  readonly status: number;
  readonly sentBytes: number;
  readonly error: unknown;
}

async function send(
  { request, response }: Exchange,
  notes: RequestNotes,
  answer: S3Answer,
): Promise<number> {
  // A client that was not told to go on sends no body, and the next request would be taken for it.
  if (!notes.isContinued) response.setHeader('connection', 'close');
  const headers = { ...notes.corsHeaders, ...answer.headers };
  const sentBytes = await sendAnswer(response, { ...answer, headers }, request.method === 'HEAD');
  if (notes.isContinued) discardRest(request);
  return sentBytes;
}

async function sendError(
  exchange: Exchange,
  notes: RequestNotes,
  ids: RequestIds,
  error: unknown,
): Promise<Outcome> {
  const { request, response } = exchange;
  if (response.headersSent || response.destroyed) {
    // Too late for another status: a cut connection is what says that the bytes are not all.
    response.destroy();
    return { status: response.statusCode, sentBytes: 0, error };
  }
  const refusal = toS3Error(error);
  const [path = ''] = (request.url ?? '').split('?');
  const answer = errorAnswer(refusal, ids, path);
  try {
    const sentBytes = await send(exchange, notes, answer);
    return { status: refusal.status, sentBytes, error };
  } catch (sendFailure) {
    response.destroy();
    return { status: refusal.status, sentBytes: 0, error: sendFailure };
  }
}

function describe({ status, sentBytes, error }: Outcome) {
  const refusal = error === undefined ? undefined : toS3Error(error);
  const isOurs = refusal !== undefined && refusal.status >= 500;
  return {
    ...{ status, sentBytes, code: refusal?.code },
    rule: error instanceof RefusedByPolicyError ? error.rule : undefined,
    cause: isOurs ? (refusal.cause ?? refusal) : refusal?.cause,
  };
}

const idBytes = 56;
let randomIds = Buffer.alloc(0);

/** As S3's look. They are no secrets: one draw serves many. */
function newIds(): RequestIds {
  if (randomIds.length === 0) randomIds = randomBytes(idBytes * 100);
  const bytes = randomIds.subarray(0, idBytes);
  randomIds = randomIds.subarray(idBytes);
  return {
    requestId: bytes.toString('hex', 0, 8).toUpperCase(),
    hostId: bytes.toString('base64', 8),
  };
}
