/** What went wrong, by name; `http/server.ts` answers each with its status. */
const statusByCode = {
  InvalidRequest: 400,
  InvalidPath: 400,
  InvalidNotebook: 400,
  Refused: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  Conflict: 409,
  TooLarge: 413,
  RangeNotSatisfiable: 416,
  Internal: 500,
  NotSupported: 501,
  Unavailable: 503,
  DiskFull: 507,
  // Git's refusals (`gitErrorCodeSchema` in packages/contracts).
  NotARepository: 404,
  UrlRefused: 400,
  IdentityMissing: 409,
  Conflicts: 409,
  WouldOverwrite: 409,
  NotFastForward: 409,
  NoUpstream: 409,
  AuthenticationFailed: 409,
  RemoteRefused: 409,
  RemoteUnreachable: 409,
  FolderExists: 409,
  NothingToCommit: 409,
  BranchExists: 409,
  BranchNotMerged: 409,
  GitFailed: 409,
} as const;

export type AgentErrorCode = keyof typeof statusByCode;

/** The one error class of the agent: its message is shown to the person, so it says what to do. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly code: AgentErrorCode;
  /** The control plane's own, where the refusal is its: a page translates by it. */
  readonly controlPlaneCode: string | undefined;

  constructor(
    code: AgentErrorCode,
    message: string,
    options: { cause?: unknown; controlPlaneCode?: string | undefined } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.controlPlaneCode = options.controlPlaneCode;
  }

  get status(): number {
    return statusByCode[this.code];
  }
}
