import { randomBytes } from 'node:crypto';
import { HomeSecretError, type HomeSecrets } from '../home-secrets.ts';

/** Secrets that a test can make unusable. They are "wrapped" by their profile's name and by nothing else. */
export interface SecretsDouble extends HomeSecrets {
  disable(): void;
  enable(): void;
}

export function secretsDouble(): SecretsDouble {
  const listeners = new Set<() => void>();
  let isUsable = true;
  const change = (usable: boolean) => {
    isUsable = usable;
    for (const listener of listeners) listener();
  };
  const check = () => {
    if (!isUsable) throw new HomeSecretError('KeyNotUsable', 'Cannot open: the key is disabled');
  };
  return {
    async create(profileName) {
      check();
      const secret = randomBytes(32);
      return { secret, wrapped: Buffer.concat([secret, Buffer.from(profileName)]) };
    },
    async open(profileName, wrapped) {
      check();
      if (wrapped.toString('utf8', 32) === profileName) return Buffer.from(wrapped.subarray(0, 32));
      throw new HomeSecretError('SecretDamaged', 'Cannot open: it is of another home');
    },
    isUsable: () => isUsable,
    shred: async () => undefined,
    onChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    disable: () => change(false),
    enable: () => change(true),
  };
}
