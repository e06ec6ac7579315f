import type { AppUsage } from '@strongroom/contracts';

export interface ComingEnd {
  readonly cause: 'idle' | 'lifetime';
  readonly endsAt: string;
  readonly secondsLeft: number;
}

/** The platform tells of an idle end only once it is near, as the domain file says. */
const idleNoticeSeconds = Number.POSITIVE_INFINITY;
/** A longest life is known from the start: whoever reads must have the time to save. */
const lifetimeNoticeSeconds = 30 * 60;

/** The end that comes first, once it is near; `now` is the platform's time. */
export function comingEnd(
  app: Pick<AppUsage, 'idleEndsAt' | 'lifetimeEndsAt'> | undefined,
  now: number,
): ComingEnd | undefined {
  const ends = [
    endOf('idle', app?.idleEndsAt, { now, noticeSeconds: idleNoticeSeconds }),
    endOf('lifetime', app?.lifetimeEndsAt, { now, noticeSeconds: lifetimeNoticeSeconds }),
  ];
  return ends
    .filter((end) => end !== undefined)
    .sort((one, other) => one.secondsLeft - other.secondsLeft)[0];
}

function endOf(
  cause: ComingEnd['cause'],
  endsAt: string | null | undefined,
  { now, noticeSeconds }: { readonly now: number; readonly noticeSeconds: number },
): ComingEnd | undefined {
  const at = Date.parse(endsAt ?? '');
  if (endsAt === null || endsAt === undefined || Number.isNaN(at)) return undefined;
  const secondsLeft = Math.max(0, Math.ceil((at - now) / 1_000));
  return secondsLeft > noticeSeconds ? undefined : { cause, endsAt, secondsLeft };
}
