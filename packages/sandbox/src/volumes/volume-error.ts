/**
 * - `VolumeUnavailable`: this host lacks what volumes of this kind need.
 * - `SecretRefused`: the secret does not open the volume.
 * - `VolumeDamaged`: a part of the volume is missing.
 * - `MountFailed`: the volume could not be mounted; `standardError` says what the program said.
 */
export type VolumeErrorCode =
  | 'VolumeUnavailable'
  | 'SecretRefused'
  | 'VolumeDamaged'
  | 'MountFailed';

export class VolumeError extends Error {
  override readonly name = 'VolumeError';
  readonly code: VolumeErrorCode;
  /** What the program wrote before it gave up; empty where none ran. */
  readonly standardError: string;

  constructor(
    code: VolumeErrorCode,
    message: string,
    options: { cause?: unknown; standardError?: string } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.standardError = options.standardError ?? '';
  }
}
