/** AWS's codes (IAM User Guide, "Common errors"; STS API Reference) with the statuses they come with. */
const statuses = {
  MissingAuthenticationToken: 403,
  IncompleteSignature: 400,
  InvalidClientTokenId: 403,
  ExpiredToken: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
  AccessDenied: 403,
} as const;

export type SignatureErrorCode = keyof typeof statuses;

/** Why a request is not from who it says. The message is for the program's owner; no secret is in it. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
  readonly code: SignatureErrorCode;

  constructor(code: SignatureErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return statuses[this.code];
  }
}
