export type Architecture = 'x64' | 'arm64';

export interface SystemCall {
  readonly name: string;
  /** Undefined where the architecture has no such call. */
  readonly numbers: Readonly<Record<Architecture, number | undefined>>;
}

/** Reads lines of `name x64 arm64`; `#` starts a comment line, `-` means that there is no such call. */
export function parseCallTable(table: string): readonly SystemCall[] {
  return table
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parseLine);
}

function parseLine(line: string): SystemCall {
  const [name = '', x64 = '', arm64 = ''] = line.split(/\s+/);
  return { name, numbers: { x64: parseNumber(x64, line), arm64: parseNumber(arm64, line) } };
}

function parseNumber(text: string, line: string): number | undefined {
  if (text === '-') return undefined;
  if (!/^\d+$/.test(text)) throw new TypeError(`Cannot read the call table line "${line}"`);
  return Number(text);
}
