import { useEffect, useState } from 'react';
import type { ViewContext } from '../view-context.ts';

const secondMilliseconds = 1_000;

/** The time left, second by second. Screen readers are told once, by the notice around it. */
export function Countdown({
  endsAt,
  now,
  context: { trans },
}: {
  readonly endsAt: string;
  /** The platform's time. */
  readonly now: () => number;
  readonly context: ViewContext;
}) {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), secondMilliseconds);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((Date.parse(endsAt) - now()) / secondMilliseconds));
  return (
    <span className="sr-Compute-countdown" role="timer">
      {trans.__('%1 left', clockText(seconds))}
    </span>
  );
}

/** Such as `4:05`. */
function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
