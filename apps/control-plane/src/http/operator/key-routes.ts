import { type KeyList, type KeySummary, keyCommandSchema } from '@strongroom/contracts';
import type { KeyDescription, KeyService } from '@strongroom/sealing';
import { parse } from '../console/parse-request.ts';
import type { OperatorRoute } from './operator-socket.ts';

const operator = { principal: 'operator' };

/** `strongroom keys`. */
export function keyRoutes(keys: KeyService): OperatorRoute[] {
  return [
    {
      pattern: /^GET \/keys$/,
      answer: async (): Promise<KeyList> => ({ keys: keys.list().map(summarizeKey) }),
    },
    {
      pattern: /^POST \/keys$/,
      answer: async ({ body }) => {
        const command = parse(body, keyCommandSchema);
        return summarizeKey(await changeKey(keys, command, operator));
      },
    },
  ];
}

/** What a person or the operator does with a key. */
export function changeKey(
  keys: KeyService,
  { key, command, waitingDays = 30 }: ReturnType<typeof keyCommandSchema.parse>,
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
