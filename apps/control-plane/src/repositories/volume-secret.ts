import { StrongroomError } from '@strongroom/contracts';
import { KeyError, type KeyService } from '@strongroom/sealing';

/** What opens the volume of the repositories: a data key of a key of its own. */
export interface VolumeSecret {
  create(): Promise<{ readonly secret: Buffer; readonly wrapped: Buffer }>;
  /** @throws {StrongroomError} `KeyUnavailable`, `RepositoryUnavailable` */
  open(wrapped: Buffer): Promise<Buffer>;
  /** Whether `open` would be allowed now; nobody is asked and nothing recorded. */
  isUsable(wrapped: Buffer): boolean;
  /** Called in the turn in which it may be usable no longer. Returns what ends it. */
  onChanged(listener: () => void): () => void;
}

export const repositoriesKeyAlias = 'alias/strongroom-repositories';
const caller = { principal: 'platform' };

/** `arn`: of all repositories; a secret that was wrapped for another domain opens nothing here. */
export function keyringVolumeSecret(keys: KeyService, arn: string): VolumeSecret {
  const context = { 'strongroom:repositories': arn };
  return {
    async create() {
      const made = keys.generateDataKey({ key: repositoriesKeyAlias, context, caller });
      const { dataKey, wrapped } = await made.catch(explain);
      return { secret: dataKey, wrapped };
    },
    open: (wrapped) => keys.decrypt({ wrapped, context, caller }).catch(explain),
    isUsable(wrapped) {
      try {
        return keys.keyOfBlob(wrapped).state === 'Enabled';
      } catch {
        return false;
      }
    },
    onChanged: (listener) => keys.on('changed', () => listener()),
  };
}

function explain(error: unknown): never {
  if (!(error instanceof KeyError)) throw error;
  if (error.code === 'InvalidCiphertextException') {
    throw new StrongroomError(
      'RepositoryUnavailable',
      'Cannot open the repositories: what opens their volume is damaged',
      { remedy: 'Give an administrator the reference.', cause: error },
    );
  }
  throw new StrongroomError(
    'KeyUnavailable',
    `Cannot open the repositories: their key ${repositoriesKeyAlias} is disabled, or may not be used`,
    {
      remedy: 'Ask an administrator to enable the key.',
      values: { key: repositoriesKeyAlias },
      cause: error,
    },
  );
}
