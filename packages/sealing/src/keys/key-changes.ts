import { KeyError } from './key-error.ts';
import type { StoredKey, StoredKeys } from './key-store.ts';

/** How a key goes from state to state (AWS KMS Developer Guide, "Key states of AWS KMS keys"). */

const dayMilliseconds = 86_400_000;

/** @throws {KeyError} `DisabledException`, `KMSInvalidStateException` */
export function checkUsable({ keyId, state, deletionDate }: StoredKey): void {
  if (state === 'Enabled') return;
  if (state === 'Disabled') {
    throw new KeyError('DisabledException', `Cannot use the key "${keyId}": it is disabled`);
  }
  const message = `Cannot use the key "${keyId}": it will be destroyed at ${deletionDate}`;
  throw new KeyError('KMSInvalidStateException', message);
}

export function enabled(key: StoredKey): StoredKey {
  checkNotPending(key, 'enable');
  return { ...key, state: 'Enabled' };
}

export function disabled(key: StoredKey): StoredKey {
  checkNotPending(key, 'disable');
  return { ...key, state: 'Disabled' };
}

export function rotated(key: StoredKey, now: Date): StoredKey {
  checkUsable(key);
  return { ...key, rotatedAt: now.toISOString(), versionCount: key.versionCount + 1 };
}

export function pendingDeletion(key: StoredKey, waitingDays: number, now: Date): StoredKey {
  checkNotPending(key, 'delete');
  if (!Number.isInteger(waitingDays) || waitingDays < 7 || waitingDays > 30) {
    const message = `Cannot delete the key "${key.keyId}" in "${waitingDays}" days: 7 to 30 are allowed`;
    throw new KeyError('ValidationException', message);
  }
  const deletionDate = new Date(now.getTime() + waitingDays * dayMilliseconds).toISOString();
  return { ...key, state: 'PendingDeletion', deletionDate };
}

/** Disabled, as on AWS: that a key is wanted after all is decided apart from that it lives. */
export function deletionCancelled(key: StoredKey): StoredKey {
  if (key.state !== 'PendingDeletion') {
    const message = `Cannot keep the key "${key.keyId}": it is not going to be deleted`;
    throw new KeyError('KMSInvalidStateException', message);
  }
  return { ...key, state: 'Disabled', deletionDate: undefined };
}

export function isDue({ state, deletionDate }: StoredKey, now: Date): boolean {
  if (state !== 'PendingDeletion' || deletionDate === undefined) return false;
  return new Date(deletionDate) <= now;
}

export function checkNotPending({ keyId, state, deletionDate }: StoredKey, action: string): void {
  if (state !== 'PendingDeletion') return;
  const message = `Cannot ${action} the key "${keyId}": it will be destroyed at ${deletionDate}`;
  throw new KeyError('KMSInvalidStateException', message);
}

/** Their names are free again; that they were there stays. */
export function withoutKeys(
  { keys, aliases, destroyed }: StoredKeys,
  keyIds: readonly string[],
  now: Date,
): StoredKeys {
  const destroyedAt = now.toISOString();
  return {
    keys: keys.filter(({ keyId }) => !keyIds.includes(keyId)),
    aliases: Object.fromEntries(
      Object.entries(aliases).filter(([, keyId]) => !keyIds.includes(keyId)),
    ),
    destroyed: [...destroyed, ...keyIds.map((keyId) => ({ keyId, destroyedAt }))],
  };
}
