import {
  type AuditRecord,
  countEvents,
  type EventCounts,
  type PlacedRecord,
  readPage,
  readTrail,
  type TrailPage,
  type TrailQuestion,
} from '@strongroom/audit-trail';
import type { Clock } from '../clock.ts';

/** About half a second's work: what is not found by then is read on for. */
const pageLineCount = 50_000;
const countLimits = { defaultDayCount: 30, maximumDayCount: 366, maximumRecordCount: 500_000 };

/** Reads the audit trail for people, each question at a bounded cost. */
export class TrailReader {
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** All of it, for an export. */
  read(question: TrailQuestion): AsyncIterable<PlacedRecord> {
    return readTrail(this.#folder, question);
  }

  page(question: TrailQuestion, recordCount: number): Promise<TrailPage> {
    return readPage(this.#folder, question, { recordCount, lineCount: pageLineCount });
  }

  counts(question: TrailQuestion): Promise<EventCounts> {
    const limits = { ...countLimits, now: this.#clock() };
    return countEvents(this.#folder, question, isRefusal, limits);
  }
}

/** A refusal or a failure, by the trail's own words. */
function isRefusal({ event }: AuditRecord): boolean {
  return /(?:denied|failed|refused|throttled|damaged)$/.test(event);
}
