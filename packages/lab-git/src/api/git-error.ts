/** A refusal or failure of Git's or the agent's, or `Unreachable` where there was no answer. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly code: string;

  constructor(code: string, message = '') {
    super(message);
    this.code = code;
  }

  /** Of an answer that is not a success: the agent's `{ reason, message }`, the gateway's `{ error }`. */
  static of(body: unknown): GitError {
    const error = property(body, 'error') ?? body;
    const code = property(error, 'code') ?? property(error, 'reason');
    const message = property(error, 'message');
    return new GitError(
      typeof code === 'string' ? code : 'Unreachable',
      typeof message === 'string' ? message : '',
    );
  }
}

export function codeOf(error: unknown): string {
  return error instanceof GitError ? error.code : 'Unreachable';
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}
