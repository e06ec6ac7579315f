import { S3Error } from '../s3-error.ts';
import type { SignableRequest } from '../signatures/signable-request.ts';

/** The headers and query parameters of a request. */
export interface RequestFields {
  /** The only value of it. @throws {S3Error} `InvalidArgument` where there are two */
  readonly header: (name: string) => string | undefined;
  readonly parameter: (name: string) => string | undefined;
  readonly headerNames: readonly string[];
  readonly parameterNames: readonly string[];
}

const headersLimitBytes = 8 * 1024;

/** @throws {S3Error} `RequestHeaderSectionTooLarge` */
export function requestFields({ headers, query }: SignableRequest): RequestFields {
  checkSize(headers);
  const parameters = new Map<string, string[]>();
  for (const [name, value] of query) {
    parameters.set(name, [...(parameters.get(name) ?? []), value]);
  }
  return {
    header: (name) => only(headers.get(name), name),
    parameter: (name) => only(parameters.get(name), name),
    headerNames: [...headers.keys()],
    parameterNames: [...parameters.keys()],
  };
}

function checkSize(headers: SignableRequest['headers']): void {
  let sizeBytes = 0;
  for (const [name, values] of headers) {
    for (const value of values) sizeBytes += name.length + value.length;
  }
  if (sizeBytes <= headersLimitBytes) return;
  throw new S3Error(
    'RequestHeaderSectionTooLarge',
    'Your request header section exceeds the maximum allowed size.',
    { details: { MaxSizeAllowed: String(headersLimitBytes) } },
  );
}

function only(values: readonly string[] | undefined, name: string): string | undefined {
  if (values === undefined || values.length === 1) return values?.[0];
  throw new S3Error('InvalidArgument', `${name} is given more than once`, {
    details: { ArgumentName: name },
  });
}
