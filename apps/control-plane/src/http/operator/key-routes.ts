import { type KeyList, keyCommandSchema } from '@strongroom/contracts';
import type { KeyService } from '@strongroom/sealing';
import { changeKey, summarizeKey } from '../../keys/change-key.ts';
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
