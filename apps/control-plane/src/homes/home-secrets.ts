import type { ProfileName } from '@strongroom/contracts';

/** What opens one home, and the same wrapped, which is kept beside the home. */
interface HomeSecret {
  /** 256 random bits. */
  readonly secret: Buffer;
  readonly wrapped: Buffer;
}

/** Makes and opens the secrets of homes. */
export interface HomeSecrets {
  create(profileName: ProfileName): Promise<HomeSecret>;
  /** @throws {HomeSecretError} */
  open(profileName: ProfileName, wrapped: Buffer): Promise<Buffer>;
  /** Whether `open` would be allowed now; nobody is asked and nothing recorded. */
  isUsable(wrapped: Buffer): boolean;
  /** Forgets what is kept of this home's secret elsewhere than beside the home. */
  shred(profileName: ProfileName): Promise<void>;
  /** Called in the turn in which something that was usable may be so no longer. Returns what ends it. */
  onChanged(listener: () => void): () => void;
}

/**
 * - `KeyNotUsable`: the key is disabled, is to be deleted, or does not allow it.
 * - `SecretDamaged`: what is kept of the secret does not open.
 */
export type HomeSecretErrorCode = 'KeyNotUsable' | 'SecretDamaged';

export class HomeSecretError extends Error {
  override readonly name = 'HomeSecretError';
  readonly code: HomeSecretErrorCode;

  constructor(code: HomeSecretErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
