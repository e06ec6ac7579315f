import { S3Error } from '../s3-error.ts';
import type { CorsRule } from '../store/bucket-settings.ts';
import type { AnswerHeaders } from './headers/object-answer.ts';
import type { S3Answer } from './s3-answer.ts';

interface AskedOrigin {
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
}

/**
 * A preflight (S3 User Guide, "Using cross-origin resource sharing"). A browser sends it without
 * credentials, so that it tells no more than the bucket's CORS configuration.
 *
 * @throws {S3Error} `AccessForbidden`
 */
export function preflightAnswer(
  rules: readonly CorsRule[] | undefined,
  header: (name: string) => string | undefined,
): S3Answer {
  const origin = header('origin');
  const method = header('access-control-request-method');
  if (origin === undefined || method === undefined) {
    throw new S3Error('AccessForbidden', 'Insufficient information. Origin request header needed.');
  }
  if (rules === undefined) throw forbidden('CORS is not enabled for this bucket.');
  const headers = (header('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const answer = corsHeaders(rules, { origin, method, headers });
  if (Object.keys(answer).length > 0) return { status: 200, headers: answer };
  throw forbidden(
    "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
  );
}

/** Empty where no rule fits: then the browser keeps the answer from its page. */
export function corsHeaders(
  rules: readonly CorsRule[] | undefined,
  asked: AskedOrigin,
): AnswerHeaders {
  const rule = rules?.find(
    ({ allowedOrigins, allowedMethods, allowedHeaders }) =>
      allowedOrigins.some((pattern) => fits(pattern, asked.origin)) &&
      allowedMethods.includes(asked.method) &&
      asked.headers.every((name) => allowedHeaders.some((each) => fits(each.toLowerCase(), name))),
  );
  if (rule === undefined) return {};
  const isForAll = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : asked.origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(isForAll ? {} : { 'access-control-allow-credentials': 'true' }),
    ...(asked.headers.length === 0
      ? {}
      : { 'access-control-allow-headers': asked.headers.join(', ') }),
    ...(rule.exposeHeaders.length === 0
      ? {}
      : { 'access-control-expose-headers': rule.exposeHeaders.join(', ') }),
    ...(rule.maximumAgeSeconds === undefined
      ? {}
      : { 'access-control-max-age': String(rule.maximumAgeSeconds) }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** One `*` at most. */
function fits(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text;
  const isLongEnough = text.length >= pattern.length - 1;
  const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return isLongEnough && text.startsWith(start) && text.endsWith(end);
}

function forbidden(why: string): S3Error {
  return new S3Error('AccessForbidden', `CORSResponse: ${why}`);
}
