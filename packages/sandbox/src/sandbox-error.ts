/**
 * - `SandboxUnavailable`: this host cannot run sandboxes at all (a tool or a namespace is missing).
 * - `LimitUnavailable`: a resource limit that was asked for could not be set.
 * - `LaunchFailed`: the sandbox could not be built; `standardError` says what the launcher said.
 * - `NetworkUnavailable`: a studio's network namespace could not be made or is closed.
 * - `RootUnusable`: the folder cannot be the root of a sandbox.
 * - `InvalidSpec`: the caller asked for something that is never allowed.
 * - `HostClosed`: the sandbox host was closed before or during the call.
 */
export type SandboxErrorCode =
  | 'SandboxUnavailable'
  | 'LimitUnavailable'
  | 'LaunchFailed'
  | 'NetworkUnavailable'
  | 'RootUnusable'
  | 'InvalidSpec'
  | 'HostClosed';

export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: SandboxErrorCode;
  /** What the launcher wrote before it gave up; empty where nothing ran. */
  readonly standardError: string;

  constructor(
    code: SandboxErrorCode,
    message: string,
    options: { cause?: unknown; standardError?: string } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.standardError = options.standardError ?? '';
  }
}
