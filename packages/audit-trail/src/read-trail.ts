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
  /** Looked for in the line before it is read: a record that fits has at least one of them. */
  readonly mentions?: readonly string[] | undefined;
  readonly fits?: ((record: AuditRecord) => boolean) | undefined;
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
  for await (const { text, cursor } of linesInQuestion(folder, question)) {
    const record = recordOf(text, question);
    if (record !== undefined) yield { record, cursor };
  }
}

export interface TrailPage {
  readonly records: readonly AuditRecord[];
  /** Reading on from here gives what came before; `undefined` at the end. */
  readonly cursor: string | undefined;
}

/**
 * One page, for at most so many lines read: where little fits, it is not full and still has a cursor,
 * so that no question costs a reading of years.
 */
export async function readPage(
  folder: string,
  question: TrailQuestion,
  limits: { readonly recordCount: number; readonly lineCount: number },
): Promise<TrailPage> {
  const records: AuditRecord[] = [];
  let lineCount = 0;
  for await (const { text, cursor } of linesInQuestion(folder, question)) {
    lineCount += 1;
    const record = recordOf(text, question);
    if (record !== undefined) records.push(record);
    if (records.length === limits.recordCount || lineCount === limits.lineCount) {
      return { records, cursor };
    }
  }
  return { records, cursor: undefined };
}

async function* linesInQuestion(folder: string, question: TrailQuestion) {
  const [, cursorDay, cursorOffset] = cursorPattern.exec(question.cursor ?? '') ?? [];
  for (const day of (await listDays(folder)).reverse()) {
    if (question.fromDay !== undefined && day < question.fromDay) return;
    if (question.toDay !== undefined && day > question.toDay) continue;
    if (cursorDay !== undefined && day > cursorDay) continue;
    const end = day === cursorDay ? Number(cursorOffset) : undefined;
    for await (const { text, offset } of linesBackward(dayPath(folder, day), end)) {
      yield { text, cursor: `${day}:${offset}` };
    }
  }
}

function recordOf(text: string, question: TrailQuestion): AuditRecord | undefined {
  const { event, profileName, mentions, fits } = question;
  // Most lines are passed over without being read, which is what makes reading back fast.
  if (event !== undefined && !text.includes(JSON.stringify(event))) return undefined;
  if (profileName !== undefined && !text.includes(JSON.stringify(profileName))) return undefined;
  if (mentions !== undefined && !mentions.some((each) => text.includes(each))) return undefined;
  const record = parseLine(text);
  if (record === undefined) return undefined;
  if (event !== undefined && record.event !== event) return undefined;
  const { fields } = record;
  const isAbout = fields.profileName === profileName || fields.target === profileName;
  if (profileName !== undefined && !isAbout) return undefined;
  return fits === undefined || fits(record) ? record : undefined;
}
