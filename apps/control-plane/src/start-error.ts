export type StartErrorCode =
  | 'EnvironmentInvalid'
  | 'DomainFileUnusable'
  | 'DataFolderUnusable'
  | 'PolicyUnusable'
  | 'KeyFileUnusable'
  | 'PriceTableUnusable'
  | 'KeysUnavailable'
  | 'ObjectsUnavailable'
  | 'StateInUse'
  | 'StateTooNew'
  | 'ControlsNotEnforced'
  | 'ClusterUnavailable'
  | 'CannotListen';

/** A start that cannot be; the message tells the operator all they need to mend it. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
