import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { linesBackward } from '@strongroom/audit-trail';
import { flowFileName } from './flow-files.ts';
import type { FlowRecord } from './flow-record.ts';

export interface FlowQuestion {
  /** Days in UTC, both included. */
  readonly fromDay?: string | undefined;
  readonly toDay?: string | undefined;
  readonly profileName?: string | undefined;
  readonly action?: 'ACCEPT' | 'REJECT' | undefined;
  /** Part of the name, in lower case. */
  readonly name?: string | undefined;
  readonly protocol?: 'tcp' | 'udp' | undefined;
  /** `sts`, `api`, …; `none` for what no endpoint answered. */
  readonly endpoint?: string | undefined;
  /** Where an earlier answer ended. */
  readonly cursor?: string | undefined;
  /** Looked at before the answer stops where it is: what fits nothing must not take for ever. */
  readonly maximumLineCount?: number | undefined;
}

export interface PlacedFlow {
  readonly record: FlowRecord;
  /** Reading on from here gives what came before. */
  readonly cursor: string;
}

const cursorPattern = /^(\d{4}-\d{2}-\d{2}):(\d{1,15})$/;

/** Ends with a cursor where there is more that was not looked at. */
export type Flows = AsyncGenerator<PlacedFlow, string | undefined, undefined>;

/** What fits the question, the latest first, in bounded memory. */
export async function* readFlows(folder: string, question: FlowQuestion): Flows {
  let lineCount = 0;
  const [, cursorDay, cursorOffset] = cursorPattern.exec(question.cursor ?? '') ?? [];
  const names = (await readdir(folder)).filter((name) => flowFileName.test(name));
  const days = names
    .map((name) => name.slice(0, 10))
    .sort()
    .reverse();
  for (const day of days) {
    if (question.fromDay !== undefined && day < question.fromDay) return undefined;
    if (question.toDay !== undefined && day > question.toDay) continue;
    if (cursorDay !== undefined && day > cursorDay) continue;
    const end = day === cursorDay ? Number(cursorOffset) : undefined;
    for await (const { text, offset } of linesBackward(join(folder, `${day}.jsonl`), end)) {
      if (lineCount === question.maximumLineCount)
        return `${day}:${offset + Buffer.byteLength(text) + 1}`;
      lineCount += 1;
      const record = couldFit(text, question) ? parse(text) : undefined;
      if (record !== undefined && fits(record, question)) {
        yield { record, cursor: `${day}:${offset}` };
      }
    }
  }
  return undefined;
}

/** Cheaper than to read the record, for the many lines that have the name nowhere. */
function couldFit(text: string, { name }: FlowQuestion): boolean {
  return name === undefined || text.includes(name);
}

/** A line that a full disk cut short is no record. */
function parse(text: string): FlowRecord | undefined {
  try {
    return JSON.parse(text) as FlowRecord;
  } catch {
    return undefined;
  }
}

const protocolNumbers = { tcp: 6, udp: 17 } as const;

function fits(record: FlowRecord, question: FlowQuestion): boolean {
  const { profileName, action, name, protocol, endpoint } = question;
  if (profileName !== undefined && record.profile !== profileName) return false;
  if (action !== undefined && record.action !== action) return false;
  if (name !== undefined && !String(record.name).includes(name)) return false;
  if (endpoint !== undefined && record.endpoint !== (endpoint === 'none' ? '-' : endpoint)) {
    return false;
  }
  return protocol === undefined || record.protocol === protocolNumbers[protocol];
}
