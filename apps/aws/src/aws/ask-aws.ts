type AwsRefusalCode =
  | 'CredentialsMissing'
  | 'CredentialsExpired'
  | 'NotAllowed'
  | 'TooManyRequests'
  | 'Unreachable'
  | 'AwsRefused';

/** AWS did not do what was asked; the message says what to do about it. */
class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  readonly code: AwsRefusalCode;

  constructor(code: AwsRefusalCode, message: string, options: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** For every client: the SDK waits and asks again, longer each time, where AWS is busy. */
export const clientSettings = { maxAttempts: 8, retryMode: 'adaptive' } as const;

const remedies: Readonly<Record<AwsRefusalCode, string>> = {
  CredentialsMissing: 'no credentials were found; sign in, for example with aws sso login',
  CredentialsExpired:
    'the credentials are over; sign in again and repeat the command, which goes on where it was',
  NotAllowed: 'the credentials may not do it',
  TooManyRequests: 'AWS was asked too often; repeat the command, which goes on where it was',
  Unreachable: 'AWS could not be reached; repeat the command, which goes on where it was',
  AwsRefused: 'AWS refused it',
};

const codes: Readonly<Record<string, AwsRefusalCode>> = {
  ...{ CredentialsProviderError: 'CredentialsMissing', TokenProviderError: 'CredentialsExpired' },
  ...{ ExpiredToken: 'CredentialsExpired', ExpiredTokenException: 'CredentialsExpired' },
  ...{ RequestExpired: 'CredentialsExpired', InvalidClientTokenId: 'CredentialsExpired' },
  ...{ AccessDenied: 'NotAllowed', AccessDeniedException: 'NotAllowed' },
  ...{ UnauthorizedOperation: 'NotAllowed', UnrecognizedClientException: 'CredentialsExpired' },
  ...{ Throttling: 'TooManyRequests', ThrottlingException: 'TooManyRequests' },
  ...{ RequestLimitExceeded: 'TooManyRequests', TooManyRequestsException: 'TooManyRequests' },
  ...{ TimeoutError: 'Unreachable', NetworkingError: 'Unreachable' },
};

/** Does it, and tells in one sentence what AWS said where it does not. */
export async function askAws<Answer>(doing: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const name = nameOf(error);
    const code = codes[name] ?? (isOfNetwork(error) ? 'Unreachable' : 'AwsRefused');
    const said = error instanceof Error ? error.message : String(error);
    throw new AwsRefusal(code, `Cannot ${doing}: ${remedies[code]} (${name}: ${said})`, {
      cause: error,
    });
  }
}

/** Whether it is AWS's way to say that there is no such thing. */
export function isAbsent(error: unknown): boolean {
  const cause = error instanceof AwsRefusal ? error.cause : error;
  const name = nameOf(cause);
  if (/NotFound(?:Exception)?$|^ResourceNotFound$|NoSuch/.test(name)) return true;
  if (/\.NotFound$/.test(name)) return true;
  const message = cause instanceof Error ? cause.message : '';
  return name === 'ValidationError' && /does not exist/.test(message);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function isOfNetwork(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^(?:ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN)/.test(code);
}
