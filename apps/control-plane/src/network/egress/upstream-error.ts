export type UpstreamErrorCode =
  | 'NameUnknown'
  | 'TooManyLookups'
  | 'AddressForbidden'
  | 'Unreachable';

/** Why the gate did not reach what a studio may reach. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly code: UpstreamErrorCode;

  constructor(code: UpstreamErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}
