import { type AuditRecord, parseLine } from './audit-line.ts';
import { dayPath, listDays } from './day-files.ts';
import { linesBackward } from './lines-backward.ts';

export interface TrailQuestion {
  /** Days in UTC, both included. */
  readonly fromDay?: string | undefined;
  readonly toDay?: string | undefined;
  readonly event?: string | undefined;
  /** Who did it or whom it was done to. */
  readonly profileName?: string | undefined;
  /** Where an earlier answer ended. */
  readonly cursor?: string | undefined;
}

export interface PlacedRecord {
  readonly record: AuditRecord;
  /** Reading on from here gives what came before. */
  readonly cursor: string;
}

const cursorPattern = /^(\d{4}-\d{2}-\d{2}):(\d{1,15})$/;

/** What fits the question, the latest first, in bounded memory. Trusts the trail; `verifyTrail` does not. */
export async function* readTrail(
  folder: string,
  question: TrailQuestion,
): AsyncGenerator<PlacedRecord> {
  const [, cursorDay, cursorOffset] = cursorPattern.exec(question.cursor ?? '') ?? [];
  for (const day of (await listDays(folder)).reverse()) {
    if (question.fromDay !== undefined && day < question.fromDay) return;
    if (question.toDay !== undefined && day > question.toDay) continue;
    if (cursorDay !== undefined && day > cursorDay) continue;
    const end = day === cursorDay ? Number(cursorOffset) : undefined;
    for await (const { text, offset } of linesBackward(dayPath(folder, day), end)) {
      const record = parseLine(text);
      if (record !== undefined && fits(record, question)) {
        yield { record, cursor: `${day}:${offset}` };
      }
    }
  }
}

function fits({ event, fields }: AuditRecord, question: TrailQuestion): boolean {
  if (question.event !== undefined && event !== question.event) return false;
  const { profileName } = question;
  if (profileName === undefined) return true;
  return fields.profileName === profileName || fields.target === profileName;
}
