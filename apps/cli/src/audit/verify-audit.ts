import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChainPlace, verifyTrail } from '@strongroom/audit-trail';
import { operatorAuditSchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';

export interface VerifyAuditOptions {
  readonly dataFolder: string;
  /** `<sequence>:<hash>` as an earlier run printed it. */
  readonly expect?: readonly string[];
}

/** Reads the whole trail, also of a control plane that does not run. Resolves to the exit status. */
export async function verifyAudit(
  { print }: Terminal,
  { dataFolder, expect = [] }: VerifyAuditOptions,
): Promise<number> {
  const expected = expect.map(parsePlace);
  // Asked before the files are read: what the control plane remembers must be in them.
  const remembered = await askWhereItStands(dataFolder);
  if (remembered !== undefined && remembered.sequence > 0) expected.push(remembered);
  const key = await readSealKey(dataFolder);
  const verdict = await verifyTrail(join(dataFolder, 'audit'), key, expected);
  for (const { file, line, problem } of verdict.problems) {
    print(`${file}${line === undefined ? '' : `:${line}`}: ${problem}`);
  }
  const { lineCount, firstDay, lastDay, last, problems } = verdict;
  print(`${lineCount} events from ${firstDay ?? '-'} to ${lastDay ?? '-'}`);
  print(`Last event ${last.sequence}:${last.hash}`);
  if (problems.length > 0) {
    print(`The trail is NOT whole: ${problems.length} problems.`);
    return 1;
  }
  print('The trail is whole. Keep the last event elsewhere, and give it to --expect next time.');
  return 0;
}

/** `undefined` where no control plane runs: then what lies in the folder is all there is. */
async function askWhereItStands(dataFolder: string): Promise<ChainPlace | undefined> {
  const question = { method: 'GET', path: '/audit' } as const;
  try {
    return (await askOperator(dataFolder, question, operatorAuditSchema)).last;
  } catch {
    return undefined;
  }
}

function parsePlace(text: string): ChainPlace {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence !== undefined && hash !== undefined) return { sequence: Number(sequence), hash };
  throw new Error(`Cannot expect "${text}": it is not <sequence>:<hash> as verify prints it`);
}

async function readSealKey(dataFolder: string): Promise<Buffer> {
  const path = join(dataFolder, 'keys', 'audit-seal.key');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`Cannot read the seal key "${path}": ${error.code}`);
  });
  return Buffer.from(text.trim(), 'hex');
}
