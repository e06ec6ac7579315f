import { z } from 'zod';

/**
 * Every code a person or a program may receive from the control plane.
 * The console translates by code; `message` is the English sentence for everyone else.
 */
export const errorCodeSchema = z.enum([
  'InvalidRequest',
  'NotSignedIn',
  'InvalidCredentials',
  'SignInThrottled',
  'PersonDisabled',
  'PasswordChangeRequired',
  'PasswordTooWeak',
  'CrossSiteRequest',
  'AccessDenied',
  'ProfileNotFound',
  'ProfileExists',
  'ProfileInDomainFile',
  'LastAdministrator',
  'AppNotFound',
  'LaunchNotFound',
  'LaunchFailed',
  'PresignedUrlInvalid',
  'PresignedUrlUsed',
  'PresignedUrlExpired',
  'SandboxUnavailable',
  'ServerDidNotStart',
  'StudioStopped',
  'DiskFull',
  'HomeUnavailable',
  'HomeInUse',
  'SnapshotNotFound',
  'FileNotFound',
  'FileRefused',
  'EgressRequestNotFound',
  'EgressOwnRequest',
  'EgressNotIndependent',
  'EgressNotPending',
  'AuditUnavailable',
  'DomainFileNotWritable',
  'BucketNotFound',
  'BucketFull',
  'ObjectNotFound',
  'ObjectExists',
  'KeyNotFound',
  'KeyNotChanged',
  'KeyUnavailable',
  'ShareNotFound',
  'ShareRevoked',
  'ShareExpired',
  'ShareBlocked',
  'ShareNeedsConfirmation',
  'NotANotebook',
  'NotebookTooLarge',
  'CommentNotFound',
  'RepositoryNotFound',
  'RepositoryExists',
  'RepositoryUnavailable',
  'RevisionNotFound',
  'TokenNotFound',
  'TooManyTokens',
  'ImageNotFound',
  'ImageExists',
  'ImageInUse',
  'ImageUnavailable',
  'InstanceTypeUnavailable',
  'InstanceTypeBusy',
  'BudgetReached',
  'JobNotFound',
  'JobNotRunning',
  'JobScheduleNotFound',
  'SpaceNotFound',
  'SpaceExists',
  'SpaceInUse',
  'SpaceNotReady',
  'AppDidNotStart',
  'ProfileNotDeployed',
  'DomainNotDeployed',
  'DomainMismatch',
  'AwsAccessDenied',
  'AwsCredentialsUnusable',
  'AwsThrottled',
  'AwsLimitReached',
  'AwsUnreachable',
  'AwsRefused',
  'TooManyRequests',
  'Internal',
]);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** The body of every refusal and failure. `reference` is found in the control plane's log. */
export const errorBodySchema = z.object({
  error: z.object({
    code: errorCodeSchema,
    message: z.string(),
    /** What to do about it, in one English sentence. */
    remedy: z.string().optional(),
    /** Values a translated sentence is filled with, for example `{ profileName: 'bob' }`. */
    values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    reference: z.string(),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** The one error class of the control plane's features; `http/` maps its code to a status. */
export class StrongroomError extends Error {
  override readonly name = 'StrongroomError';
  readonly code: ErrorCode;
  readonly remedy: string | undefined;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      remedy?: string;
      values?: Record<string, string | number>;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.remedy = options.remedy;
    this.values = options.values ?? {};
  }
}
