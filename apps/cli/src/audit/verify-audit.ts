import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyTrail } from '@strongroom/audit-trail';
import type { Terminal } from '../program.ts';

/** Reads the whole trail, also of a control plane that does not run. Resolves to the exit status. */
export async function verifyAudit(
  { print }: Terminal,
  { dataFolder }: { readonly dataFolder: string },
): Promise<number> {
  const key = await readSealKey(dataFolder);
  const verdict = await verifyTrail(join(dataFolder, 'audit'), key);
  for (const { file, line, problem } of verdict.problems) {
    print(`${file}${line === undefined ? '' : `:${line}`}: ${problem}`);
  }
  const { lineCount, firstDay, lastDay, last, problems } = verdict;
  print(`${lineCount} events from ${firstDay ?? '-'} to ${lastDay ?? '-'}`);
  print(`Last event ${last.sequence}, SHA-256 ${last.hash}`);
  print(
    problems.length === 0
      ? 'The trail is whole.'
      : `The trail is NOT whole: ${problems.length} problems.`,
  );
  return problems.length === 0 ? 0 : 1;
}

async function readSealKey(dataFolder: string): Promise<Buffer> {
  const path = join(dataFolder, 'keys', 'audit-seal.key');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`Cannot read the seal key "${path}": ${error.code}`);
  });
  return Buffer.from(text.trim(), 'hex');
}
