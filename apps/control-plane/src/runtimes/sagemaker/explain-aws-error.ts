import { type ErrorCode, StrongroomError } from '@strongroom/contracts';

/** What was asked of AWS, and about what. */
export interface AwsCall {
  /** As the API Reference names it, for example `CreateApp`. */
  readonly operation: string;
  /** A profile, space or domain. */
  readonly subject: string;
}

interface Explanation {
  readonly code: ErrorCode;
  readonly remedy: string;
}

/** By the literal codes that services answer with (SageMaker API Reference, "Common Error Types"). */
const explanations: readonly (Explanation & { readonly awsCodes: readonly string[] })[] = [
  {
    code: 'AwsThrottled',
    remedy: 'Try again in a minute; what was done until now stays done',
    awsCodes: [
      'ThrottlingException',
      'Throttling',
      'TooManyRequestsException',
      'RequestLimitExceeded',
    ],
  },
  {
    code: 'AwsCredentialsUnusable',
    remedy: 'An operator renews the credentials that Strongroom runs with, then try again',
    awsCodes: [
      ...['ExpiredTokenException', 'ExpiredToken', 'RequestExpired', 'InvalidClientTokenId'],
      ...['UnrecognizedClientException', 'InvalidSignatureException', 'SignatureDoesNotMatch'],
      ...['CredentialsProviderError', 'TokenProviderError', 'MissingAuthenticationToken'],
    ],
  },
  {
    code: 'AwsAccessDenied',
    remedy:
      "An operator allows this operation to Strongroom's role, or to the endpoint it goes through",
    awsCodes: ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'OptInRequired'],
  },
  {
    code: 'AwsLimitReached',
    remedy:
      'Stop what is not needed, choose another size, or have the quota raised in Service Quotas',
    awsCodes: ['ResourceLimitExceeded', 'ServiceQuotaExceededException'],
  },
  {
    code: 'AwsUnreachable',
    remedy: 'Look at the network and the endpoints of Strongroom, then try again',
    awsCodes: [
      ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH'],
      ...['TimeoutError', 'NetworkingError', 'ServiceUnavailable', 'InternalFailure'],
    ],
  },
];

/** Words of AWS that may speak of a request's signature or of who holds which key. */
const keptFromPeople: ReadonlySet<ErrorCode> = new Set(['AwsCredentialsUnusable']);
const maximumDetailCharacters = 500;

/** AWS's own code, also of what failed before anything was answered. */
export function awsCodeOf(error: unknown): string {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  if (typeof code === 'string' && /^E[A-Z_]+$/.test(code)) return code;
  return typeof name === 'string' ? name : 'UnknownError';
}

/** A refusal or failure of AWS in our words, with its literal code. Never holds a credential. */
export function explainAwsError(error: unknown, { operation, subject }: AwsCall): StrongroomError {
  if (error instanceof StrongroomError) return error;
  const awsCode = awsCodeOf(error);
  const explanation = explanations.find(({ awsCodes }) => awsCodes.includes(awsCode));
  const code = explanation?.code ?? 'AwsRefused';
  const said = error instanceof Error ? error.message.slice(0, maximumDetailCharacters) : '';
  const detail = keptFromPeople.has(code) ? '' : said;
  const because = detail === '' ? awsCode : `${awsCode} (${detail})`;
  return new StrongroomError(code, `Cannot ${operation} "${subject}": AWS answered ${because}`, {
    remedy:
      explanation?.remedy ?? 'Read what AWS answered; an operator finds the call in CloudTrail',
    values: { operation, subject, awsCode, detail },
    cause: error,
  });
}

/** Does one call, and throws what went wrong in our words. */
export async function askAws<Answer>(call: AwsCall, send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    throw explainAwsError(error, call);
  }
}
