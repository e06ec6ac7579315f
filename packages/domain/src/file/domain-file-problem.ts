export type Path = readonly (string | number)[];

/** What is wrong and where; `value` is left out where something is missing. */
export interface DomainFileIssue {
  readonly path: Path;
  readonly sentence: string;
  /** Point at the key, not at its value. */
  readonly atKey?: boolean;
}

/** One thing that is wrong with the domain file. */
export interface DomainFileProblem {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** For example `cannot use "Bob" for people[1].profileName: … (mend)`. */
  readonly sentence: string;
}

/** Carries every problem that was found, in the order of the file. */
export class DomainFileError extends Error {
  override readonly name = 'DomainFileError';
  readonly code = 'DomainFileInvalid';
  readonly problems: readonly DomainFileProblem[];

  constructor(fileName: string, problems: readonly DomainFileProblem[]) {
    super(problems.map((problem) => formatProblem(fileName, problem)).join('\n'));
    this.problems = problems;
  }
}

function formatProblem(fileName: string, { line, column, sentence }: DomainFileProblem): string {
  return `${fileName}:${line}:${column}: ${sentence}`;
}

/** `people[1].profileName` */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** A value as a person recognises it, short and on one line. */
function formatValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object') return 'a group of keys';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

/** The problem of a value that stands in the file. */
export function cannotUse(options: {
  readonly path: Path;
  readonly value: unknown;
  readonly mend: string;
  readonly why?: string;
  /** As it stands in the file, where that differs (`000000000000` is the number 0). */
  readonly written?: string | undefined;
}): DomainFileIssue {
  const { path, value, mend, why, written } = options;
  const reason = why === undefined ? '' : `: ${why}`;
  const name = formatPath(path) || 'the domain file';
  const sentence = `cannot use ${written ?? formatValue(value)} for ${name}${reason} (${mend})`;
  return { path, sentence };
}

export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
