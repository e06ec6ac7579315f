import { type ErrorBody, errorBodySchema } from '@strongroom/contracts';
import type { z } from 'zod';
import { type EarlyAnswer, readAnswer, takeEarlyAnswer, textOf } from '../start/early-answers.ts';

/** A refusal or failure as the control plane worded it; `code` chooses the translated sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly remedy: string | undefined;
  readonly values: Readonly<Record<string, string | number>>;
  readonly reference: string;

  constructor(error: ErrorBody['error']) {
    super(error.message);
    this.code = error.code;
    this.remedy = error.remedy;
    this.values = error.values ?? {};
    this.reference = error.reference;
  }
}

let csrfToken = '';

/** Kept in memory only; sent back with every request that changes something. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** For what is not sent with `request`. */
export function csrfHeaders(): Readonly<Record<string, string>> {
  return { 'x-strongroom-csrf': csrfToken };
}

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
}

/** @throws {ApiError} what the control plane refused, or `Unreachable` */
export async function request<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  options: RequestOptions = {},
): Promise<z.infer<Schema>> {
  return schema.parse(await send(path, options));
}

/** For routes that answer without a body. */
export async function requestNothing(path: string, options: RequestOptions): Promise<void> {
  await send(path, options);
}

/** For what is not read here but handed on, such as a notebook. @throws {ApiError} */
export function requestText(path: string, signal: AbortSignal): Promise<string> {
  return sendText(path, { signal });
}

async function send(path: string, options: RequestOptions): Promise<unknown> {
  const text = await sendText(path, options);
  return text === '' ? undefined : JSON.parse(text);
}

async function sendText(
  path: string,
  options: RequestOptions & { signal?: AbortSignal },
): Promise<string> {
  const { method = 'GET', signal } = options;
  const early = method === 'GET' ? takeEarlyAnswer(path) : undefined;
  const answer = await (early ?? fetchAnswer(path, options)).catch((error: unknown) => {
    throw signal?.aborted ? error : unreachable();
  });
  const text = textOf(answer.bytes);
  if (answer.isOk) return text;
  throw readError(text);
}

async function fetchAnswer(
  path: string,
  { method = 'GET', body, signal }: RequestOptions & { signal?: AbortSignal },
): Promise<EarlyAnswer> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'GET' ? {} : csrfHeaders()),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  return readAnswer(response);
}

export function readError(text: string): ApiError {
  try {
    return new ApiError(errorBodySchema.parse(JSON.parse(text)).error);
  } catch {
    return unreachable();
  }
}

export function unreachable(): ApiError {
  const error = new ApiError({
    code: 'Internal',
    message: 'Cannot reach Strongroom',
    reference: '',
  });
  return Object.assign(error, { code: 'Unreachable' });
}
