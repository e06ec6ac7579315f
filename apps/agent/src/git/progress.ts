/** What git and its remote do in turn; what else a remote writes is no phase. */
const phases = [
  ...['Enumerating objects', 'Counting objects', 'Compressing objects', 'Receiving objects'],
  ...['Resolving deltas', 'Unpacking objects', 'Writing objects', 'Updating files'],
  ...['Filtering content', 'Checking connectivity'],
];
const linePattern = new RegExp(`^(?:remote: )?(${phases.join('|')}):\\s+(?:(\\d{1,3})%)?`);

export function isProgressLine(line: string): boolean {
  return linePattern.test(line);
}

export interface Progress {
  readonly phase: string;
  readonly percent: number | null;
}

/** Reads what `--progress` writes, in the pieces in which it comes. */
export class ProgressReader {
  readonly #report: (progress: Progress) => void;
  #rest = '';

  constructor(report: (progress: Progress) => void) {
    this.#report = report;
  }

  add(part: string): void {
    const lines = (this.#rest + part).split(/[\r\n]/);
    this.#rest = (lines.pop() ?? '').slice(-1_000);
    const [, phase, percent] = lines.map((line) => linePattern.exec(line)).findLast(Boolean) ?? [];
    if (phase === undefined) return;
    this.#report({ phase, percent: percent === undefined ? null : Math.min(Number(percent), 100) });
  }
}
