import type { StudioGatewayOptions } from '../create-studio-gateway.ts';

async function nothingShared(): Promise<never> {
  throw new Error('There are no shares here');
}

/** For a gateway whose test is about something else than sharing. */
export const noSharing: StudioGatewayOptions['sharing'] = {
  shares: {
    ...{ choices: nothingShared, list: nothingShared, revoke: nothingShared },
    ...{ extend: nothingShared, describeOwn: nothingShared },
  },
  writer: {
    ...{ prepare: () => undefined, check: nothingShared },
    ...{ create: nothingShared, addVersion: nothingShared },
  },
};
