export type PolicyDocumentErrorCode =
  | 'too-large'
  | 'too-deep'
  | 'too-many-statements'
  | 'not-json'
  | 'duplicate-element'
  | 'invalid-element';

/** A document that has no certain meaning. It is refused whole: half a policy is another policy. */
export class PolicyDocumentError extends Error {
  override readonly name = 'PolicyDocumentError';
  readonly code: PolicyDocumentErrorCode;
  /** Where in the document, such as `Statement[1].Condition.StringEquals`; empty for the whole. */
  readonly path: string;

  constructor(
    code: PolicyDocumentErrorCode,
    path: string,
    detail: string,
    options?: { readonly cause: unknown },
  ) {
    super(`Cannot read policy document${path === '' ? '' : ` at "${path}"`}: ${detail}`, options);
    this.code = code;
    this.path = path;
  }
}

export function invalidElement(path: string, detail: string): PolicyDocumentError {
  return new PolicyDocumentError('invalid-element', path, detail);
}
