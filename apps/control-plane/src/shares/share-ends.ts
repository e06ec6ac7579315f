import { StrongroomError } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** A browser's clock may be ahead of this one when it asks for the longest time. */
const graceMilliseconds = 5 * 60 * 1000;

/** @throws {StrongroomError} `InvalidRequest` where it has passed or is later than the domain allows */
export function requireEnd(
  asked: string,
  {
    now,
    sharing,
  }: { readonly now: Date; readonly sharing: Pick<Domain['sharing'], 'maximumDays'> },
): Date {
  const { maximumDays } = sharing;
  const end = Date.parse(asked);
  const latest = latestEnd(now, sharing).getTime();
  if (end <= now.getTime()) throw refused('it has passed already', maximumDays);
  if (end > latest + graceMilliseconds) {
    throw refused(`nothing is shared for more than ${maximumDays} days`, maximumDays);
  }
  return new Date(Math.min(end, latest));
}

export function latestEnd(
  now: Date,
  { maximumDays }: Pick<Domain['sharing'], 'maximumDays'>,
): Date {
  return new Date(now.getTime() + maximumDays * dayMilliseconds);
}

function refused(why: string, maximumDays: number): StrongroomError {
  return new StrongroomError('InvalidRequest', `Cannot share until then: ${why}`, {
    values: { field: 'expiresAt', maximumDays },
  });
}
