import { readFileSync, writeFileSync } from 'node:fs';
import { mergeNotebookTexts, stripNotebookText } from './notebook-text.ts';

/** What git asks of a merge driver (gitattributes(5)): 1 says that conflicts are left. */
const exitCodes = { clean: 0, conflicts: 1, misused: 2 } as const;

export interface NotebookStreams {
  readonly input: AsyncIterable<Buffer>;
  readonly output: { write(bytes: Buffer, whenWritten: () => void): unknown };
}

/**
 * `git-notebook.js merge <base> <ours> <theirs>`: the result replaces ours.
 * `git-notebook.js clean`: the notebook on the standard input without its outputs.
 */
export async function runNotebookProgram(
  parameters: readonly string[],
  streams: NotebookStreams,
): Promise<number> {
  const [command, base, ours, theirs] = parameters;
  if (command === 'clean') return await clean(streams);
  if (command !== 'merge' || base === undefined || ours === undefined || theirs === undefined) {
    return exitCodes.misused;
  }
  return merge(base, ours, theirs);
}

/** Whatever happens ours stays a notebook: with a conflict git keeps the three sides in its index. */
function merge(base: string, ours: string, theirs: string): number {
  try {
    const read = (path: string) => readFileSync(path, 'utf8');
    const merged = mergeNotebookTexts({ base: read(base), ours: read(ours), theirs: read(theirs) });
    if (merged === undefined) return exitCodes.conflicts;
    writeFileSync(ours, merged.text);
    return merged.hasConflicts ? exitCodes.conflicts : exitCodes.clean;
  } catch {
    return exitCodes.conflicts;
  }
}

/** What is no notebook passes as it is: git also filters to see whether a file has changed. */
async function clean({ input, output }: NotebookStreams): Promise<number> {
  const parts: Buffer[] = [];
  for await (const part of input) parts.push(part);
  const bytes = Buffer.concat(parts);
  const stripped = strip(bytes);
  await new Promise<void>((resolve) => output.write(stripped, resolve));
  return exitCodes.clean;
}

function strip(bytes: Buffer): Buffer {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const stripped = stripNotebookText(text);
    return stripped === undefined ? bytes : Buffer.from(stripped);
  } catch {
    return bytes;
  }
}
