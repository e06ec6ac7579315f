import { isRecord, textOf } from './json-values.ts';
import type { MimeBundle, Output } from './notebook.ts';

/** Streams of the same name that follow each other are one, as in JupyterLab. */
export function readOutputs(outputs: unknown): readonly Output[] {
  if (!Array.isArray(outputs)) return [];
  const read: Output[] = [];
  let parts: string[] = [];
  let name: 'stdout' | 'stderr' = 'stdout';
  const endStream = () => {
    if (parts.length > 0) read.push({ kind: 'stream', name, text: parts.join('') });
    parts = [];
  };
  for (const output of outputs.filter(isRecord)) {
    if (output.output_type === 'stream') {
      const streamName = output.name === 'stderr' ? 'stderr' : 'stdout';
      if (streamName !== name) endStream();
      name = streamName;
      parts.push(textOf(output.text));
      continue;
    }
    endStream();
    const other = readOutput(output);
    if (other !== undefined) read.push(other);
  }
  endStream();
  return read;
}

function readOutput(output: Readonly<Record<string, unknown>>): Output | undefined {
  if (output.output_type === 'error') return { kind: 'error', text: tracebackOf(output) };
  if (!isRecord(output.data)) return undefined;
  const executionCount =
    output.output_type === 'execute_result' && typeof output.execution_count === 'number'
      ? output.execution_count
      : null;
  return { kind: 'data', data: joinLines(output.data), executionCount };
}

function tracebackOf({ traceback, ename, evalue }: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(traceback) && traceback.length > 0)
    return traceback.filter((line) => typeof line === 'string').join('\n');
  return `${textOf(ename)}: ${textOf(evalue)}`;
}

/** JSON stays as it is; everything else is text. */
function joinLines(data: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(data).map(([type, value]) => [
      type,
      /[/+]json$/.test(type) ? value : textOf(value),
    ]),
  );
}
