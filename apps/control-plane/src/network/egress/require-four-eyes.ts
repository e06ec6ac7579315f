import { type EgressRequest, StrongroomError } from '@strongroom/contracts';
import type { Clock } from '../../clock.ts';
import type { AccountHandovers } from '../../identity/account-handovers.ts';
import type { Person } from '../../identity/person.ts';

const dayMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Four eyes are those of two people: whoever knew the password of the other account, or made both,
 * could be both.
 *
 * @throws {StrongroomError} `EgressOwnRequest`, `EgressNotIndependent`
 */
export async function requireFourEyes(
  { subject, requestedBy, requestedAt }: EgressRequest,
  by: Person,
  { handovers, clock }: { readonly handovers: AccountHandovers; readonly clock: Clock },
): Promise<void> {
  const owner = subject.kind === 'person' ? subject.profileName : undefined;
  if (requestedBy === by.profileName || owner === by.profileName) {
    throw new StrongroomError('EgressOwnRequest', 'Cannot approve your own request', {
      remedy: 'A second administrator has to approve it.',
    });
  }
  const yesterday = clock().getTime() - dayMilliseconds;
  const since = new Date(Math.min(yesterday, Date.parse(requestedAt)));
  const approving = await handovers.handsOf(by.profileName, since);
  const asking = await handovers.handsOf(requestedBy, since);
  const inBoth = [...asking].find((hand) => approving.has(hand));
  const hand = inBoth ?? (owner !== undefined && approving.has(owner) ? owner : undefined);
  if (hand === undefined) return;
  throw new StrongroomError(
    'EgressNotIndependent',
    `Cannot approve this request: "${hand}" could have signed in both as who asked and as "${by.profileName}"`,
    {
      remedy:
        'An administrator whose account nobody else made or reset since the request and within 24 hours has to approve it.',
      values: { profileName: hand },
    },
  );
}
