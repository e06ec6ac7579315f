import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What happened, as the caller tells it. Nothing in it may be a secret. */
export interface AuditEvent {
  /** Kebab-case, for example `profile-disabled`. */
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One line of the trail. */
const auditRecordSchema = z.strictObject({
  /** From 1 up, without a gap, over all days. */
  sequence: z.int().positive(),
  /** UTC, ISO 8601. */
  time: z.iso.datetime(),
  /** SHA-256 of the line before this one, without its newline. */
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  event: z.string(),
  fields: z.record(z.string(), z.unknown()),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;

/** Where the chain stands: the last line's number and hash. */
export interface ChainPlace {
  readonly sequence: number;
  readonly hash: string;
}

/** Before the first line. */
export const chainStart: ChainPlace = { sequence: 0, hash: '0'.repeat(64) };

export function writeLine(event: AuditEvent, after: ChainPlace, time: Date): string {
  const record: AuditRecord = {
    ...{ sequence: after.sequence + 1, time: time.toISOString(), previous: after.hash },
    ...{ event: event.event, fields: { ...event.fields } },
  };
  return JSON.stringify(record);
}

/** `undefined` for what is no line of a trail. */
export function parseLine(line: string): AuditRecord | undefined {
  try {
    const parsed = auditRecordSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function hashLine(line: string | Buffer): string {
  return createHash('sha256').update(line).digest('hex');
}
