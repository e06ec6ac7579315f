import type { AuditRecord } from './audit-line.ts';
import { dayAfter, dayOf, daysBefore } from './day-files.ts';
import { readTrail, type TrailQuestion } from './read-trail.ts';

export interface EventCounts {
  readonly unit: 'hour' | 'day';
  /** Every hour or day of the question, the first first, also where nothing happened. */
  readonly buckets: readonly EventCount[];
  /** False where there was too much to count: the first buckets then lack something. */
  readonly isComplete: boolean;
}

interface EventCount {
  /** ISO 8601, UTC. */
  readonly start: string;
  readonly count: number;
  readonly markedCount: number;
}

export interface CountLimits {
  readonly now: Date;
  /** Where the question names no first day. */
  readonly defaultDayCount: number;
  readonly maximumDayCount: number;
  readonly maximumRecordCount: number;
}

const hourlyDayCount = 3;
const hourMilliseconds = 3_600_000;

/** How much happened when, of all that fits the question and not only of a page. */
export async function countEvents(
  folder: string,
  question: TrailQuestion,
  isMarked: (record: AuditRecord) => boolean,
  limits: CountLimits,
): Promise<EventCounts> {
  const { fromDay, toDay } = rangeOf(question, limits);
  const isHourly = daysBefore(toDay, hourlyDayCount) < fromDay;
  const counts = emptyBuckets(fromDay, toDay, isHourly);
  let recordCount = 0;
  for await (const { record } of readTrail(folder, { ...question, fromDay, toDay })) {
    recordCount += 1;
    if (recordCount > limits.maximumRecordCount) break;
    const bucket = counts.get(startOf(new Date(record.time), isHourly));
    if (bucket === undefined) continue;
    bucket.count += 1;
    if (isMarked(record)) bucket.markedCount += 1;
  }
  return {
    unit: isHourly ? 'hour' : 'day',
    buckets: [...counts].map(([start, count]) => ({ start, ...count })),
    isComplete: recordCount <= limits.maximumRecordCount,
  };
}

function rangeOf({ fromDay, toDay }: TrailQuestion, limits: CountLimits) {
  const today = dayOf(limits.now);
  const last = toDay !== undefined && toDay < today ? toDay : today;
  const asked = fromDay ?? daysBefore(last, limits.defaultDayCount - 1);
  const earliest = daysBefore(last, limits.maximumDayCount - 1);
  return { fromDay: asked < earliest ? earliest : asked, toDay: last };
}

function emptyBuckets(fromDay: string, toDay: string, isHourly: boolean) {
  const counts = new Map<string, { count: number; markedCount: number }>();
  const end = Date.parse(dayAfter(toDay));
  const step = isHourly ? hourMilliseconds : 24 * hourMilliseconds;
  for (let at = Date.parse(fromDay); at < end; at += step) {
    counts.set(new Date(at).toISOString(), { count: 0, markedCount: 0 });
  }
  return counts;
}

function startOf(time: Date, isHourly: boolean): string {
  const step = isHourly ? hourMilliseconds : 24 * hourMilliseconds;
  return new Date(Math.floor(time.getTime() / step) * step).toISOString();
}
