import type { AwsAccount } from './aws-account.ts';

const lookAgainMilliseconds = 10_000;
/** An hour: a domain's deletion takes minutes, a network's interfaces up to half an hour. */
const mostLooks = 360;

export class TeardownStuckError extends Error {
  override readonly name = 'TeardownStuckError';
  readonly code = 'TeardownStuck';
}

/** Looks until nothing is left; what is left is told from time to time. */
export async function waitUntilGone(
  account: Pick<AwsAccount, 'wait' | 'tell'>,
  what: string,
  remaining: () => Promise<readonly string[]>,
): Promise<void> {
  for (let look = 0; look < mostLooks; look += 1) {
    const left = await remaining();
    if (left.length === 0) return;
    if (look % 6 === 0) account.tell(`Waiting for ${what}: ${left.slice(0, 5).join(', ')}`);
    await account.wait(lookAgainMilliseconds);
  }
  throw new TeardownStuckError(
    `Cannot remove ${what}: still there after an hour; look in the console of AWS and repeat the command, which goes on where it was`,
  );
}
