import type { ProfileName } from '@strongroom/contracts';
import { KeyError, type KeyErrorCode, type KeyService } from '@strongroom/sealing';
import { HomeSecretError, type HomeSecrets } from './home-secrets.ts';

export interface KeyringHomeSecretsOptions {
  readonly keys: KeyService;
  /** The ARN of a profile: a secret that was wrapped for one opens for no other. */
  readonly arnOf: (profileName: ProfileName) => string;
}

export const homesKeyAlias = 'alias/strongroom-homes';
const contextName = 'strongroom:home';
const caller = { principal: 'platform' };
const damaged: ReadonlySet<KeyErrorCode> = new Set(['InvalidCiphertextException']);

/** Each secret is a data key of the homes' key. Nothing of it is kept but what is beside the home. */
export function keyringHomeSecrets({ keys, arnOf }: KeyringHomeSecretsOptions): HomeSecrets {
  const contextOf = (profileName: ProfileName) => ({ [contextName]: arnOf(profileName) });
  return {
    async create(profileName) {
      const context = contextOf(profileName);
      const made = keys.generateDataKey({ key: homesKeyAlias, context, caller });
      const { dataKey, wrapped } = await made.catch(explain(profileName));
      return { secret: dataKey, wrapped };
    },
    open: (profileName, wrapped) =>
      keys
        .decrypt({ wrapped, context: contextOf(profileName), caller })
        .catch(explain(profileName)),
    isUsable(wrapped) {
      try {
        return keys.keyOfBlob(wrapped).state === 'Enabled';
      } catch {
        return false;
      }
    },
    shred: async () => undefined,
    onChanged: (listener) => keys.on('changed', () => listener()),
  };
}

function explain(profileName: ProfileName): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof KeyError)) throw error;
    const code = damaged.has(error.code) ? 'SecretDamaged' : 'KeyNotUsable';
    const message = `Cannot open the home of "${profileName}": ${error.message}`;
    throw new HomeSecretError(code, message, { cause: error });
  };
}
