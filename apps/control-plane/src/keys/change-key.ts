import type { KeyCommand, KeySummary } from '@strongroom/contracts';
import type { KeyDescription, KeyService } from '@strongroom/sealing';
import { keyRefusal } from './key-refusal.ts';

const defaultWaitingDays = 30;

/**
 * What a person or the operator does with a key.
 *
 * @throws {StrongroomError} `AccessDenied` by the key's policy, `KeyNotFound`, `KeyNotChanged`
 */
export async function changeKey(
  keys: KeyService,
  command: KeyCommand,
  caller: { readonly principal: string },
): Promise<KeyDescription> {
  try {
    return await carryOut(keys, command, caller);
  } catch (error) {
    throw keyRefusal(error);
  }
}

async function carryOut(
  keys: KeyService,
  { key, command, waitingDays = defaultWaitingDays }: KeyCommand,
  caller: { readonly principal: string },
): Promise<KeyDescription> {
  switch (command) {
    case 'rotate':
      return keys.rotate(key, { caller });
    case 'disable':
      return keys.disable(key, { caller });
    case 'enable':
      return keys.enable(key, { caller });
    case 'schedule-deletion':
      return keys.scheduleDeletion(key, { caller, waitingDays });
    case 'cancel-deletion':
      return keys.cancelDeletion(key, { caller });
  }
}

export function summarizeKey(key: KeyDescription): KeySummary {
  const { keyId, arn, aliases, description, state, provider, versionCount } = key;
  return {
    ...{ keyId, arn, aliases: [...aliases], description, state, provider, versionCount },
    createdAt: key.createdAt.toISOString(),
    rotatedAt: key.rotatedAt?.toISOString() ?? null,
    deletionDate: key.deletionDate?.toISOString() ?? null,
  };
}
