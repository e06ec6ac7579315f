import type { Readable } from 'node:stream';
import type { StudioLog } from './studio-log.ts';

const maximumLineCharacters = 1000;
const maximumLinesPerWindow = 100;
const windowMilliseconds = 10_000;
const tailLineCount = 20;

/** What a sandbox writes to its standard output and error. */
export interface SandboxOutput {
  /** The last lines, for the log entry of a failure. */
  tail(): string;
}

/**
 * Reads the output to its end, whatever it says, and puts a limited part of it into the log: a
 * studio must be able neither to block on it nor to fill the disk with it.
 */
export function followSandboxOutput(
  streams: readonly Readable[],
  log: StudioLog,
  fields: Readonly<Record<string, unknown>>,
  now: () => number = Date.now,
): SandboxOutput {
  const tail: string[] = [];
  let windowStart = now();
  let lineCount = 0;
  let leftOutCount = 0;

  const onLine = (line: string) => {
    const text = line.slice(0, maximumLineCharacters);
    tail.push(text);
    if (tail.length > tailLineCount) tail.shift();
    if (now() - windowStart >= windowMilliseconds) {
      if (leftOutCount > 0) log.warn({ ...fields, leftOutCount }, 'Left out lines of a sandbox');
      windowStart = now();
      lineCount = 0;
      leftOutCount = 0;
    }
    lineCount += 1;
    if (lineCount <= maximumLinesPerWindow) log.debug({ ...fields, text }, 'A sandbox wrote');
    else leftOutCount += 1;
  };
  for (const stream of streams) followLines(stream, onLine);
  return { tail: () => tail.join('\n') };
}

function followLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(0, maximumLineCharacters);
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
  stream.on('error', () => undefined);
}
