import type { Sentence } from '@strongroom/contracts';

/**
 * - `ToolsMissing`: skopeo or umoci is not installed.
 * - `ReferenceUnreadable`: there is no such image, or it cannot be read.
 * - `DigestMismatch`: it is another image than the domain file pins.
 * - `OtherArchitecture`: its programs do not run on this machine.
 * - `TooLarge`: it does not fit on the disk.
 * - `Unpackable`: an archive in it is broken.
 * - `HasDevices`: it brings device files.
 * - `Damaged`: what was unpacked has changed since.
 * - `RootUnusable`: no sandbox can run on it.
 * - `NoKernels`: none of its kernels can be offered.
 */
export type ImageErrorCode =
  | 'ToolsMissing'
  | 'ReferenceUnreadable'
  | 'DigestMismatch'
  | 'OtherArchitecture'
  | 'TooLarge'
  | 'Unpackable'
  | 'HasDevices'
  | 'Damaged'
  | 'RootUnusable'
  | 'NoKernels';

/** Why an image cannot be used. `message` is its English sentence. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;
  readonly sentence: Sentence;

  constructor(code: ImageErrorCode, sentence: Sentence, options: { cause?: unknown } = {}) {
    super(sentence.english, { cause: options.cause });
    this.code = code;
    this.sentence = sentence;
  }
}
