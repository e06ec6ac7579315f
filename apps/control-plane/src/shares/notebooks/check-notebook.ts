import { createHash } from 'node:crypto';
import {
  type ScanAction,
  type ScanFinding,
  type ScanRule,
  StrongroomError,
} from '@strongroom/contracts';
import type { CheckedNotebook } from '../share.ts';
import { findNotebookFault, type Notebook } from './notebook-shape.ts';
import { stripOutputs } from './strip-outputs.ts';

export type ScanRules = Readonly<Record<ScanRule, ScanAction>>;

export type ScanNotebook = (notebook: unknown, rules: ScanRules) => Promise<readonly ScanFinding[]>;

export interface NotebookToCheck {
  readonly bytes: Uint8Array;
  readonly includesOutputs: boolean;
  readonly rules: ScanRules;
}

/** As many as an answer lists; of the others there is the count. */
const maximumFindings = 200;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * Reads what came out of a sandbox as if nothing had looked at it before. A notebook that keeps its
 * outputs is stored as it came, byte for byte; one without is written anew.
 *
 * @throws {StrongroomError} `NotANotebook`
 */
export async function checkNotebook(
  { bytes, includesOutputs, rules }: NotebookToCheck,
  scan: ScanNotebook,
): Promise<CheckedNotebook> {
  const read = parseNotebook(bytes);
  const notebook = includesOutputs ? read : stripOutputs(read);
  const found = await scan(notebook, rules);
  const blocking = found.filter(({ action }) => action === 'block');
  const rest = found.filter(({ action }) => action !== 'block');
  const stored = includesOutputs
    ? withoutByteOrderMark(bytes)
    : Buffer.from(`${JSON.stringify(notebook, undefined, 1)}\n`);
  return {
    bytes: stored,
    cellCount: notebook.cells.length,
    sha256: createHash('sha256').update(stored).digest('hex'),
    // What blocks is never beyond the end of the list.
    findings: [...blocking, ...rest].slice(0, maximumFindings),
    findingCount: found.length,
    blockingCount: blocking.length,
  };
}

/** @throws {StrongroomError} `NotANotebook` */
export function parseNotebook(bytes: Uint8Array): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw notANotebook('it is not JSON in UTF-8', error);
  }
  const fault = findNotebookFault(value);
  if (fault !== undefined) throw notANotebook(fault);
  return value as Notebook;
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return byteOrderMark.every((byte, index) => bytes[index] === byte) ? bytes.subarray(3) : bytes;
}

function notANotebook(why: string, cause?: unknown): StrongroomError {
  return new StrongroomError('NotANotebook', `Cannot share this file: ${why}`, {
    values: { why },
    cause,
  });
}
