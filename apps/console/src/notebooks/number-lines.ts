import type { ComparedLine } from './comparison.ts';

export interface NumberedLine extends ComparedLine {
  /** From 1; undefined where the line is not on that side. */
  readonly beforeNumber: number | undefined;
  readonly afterNumber: number | undefined;
}

export function numberLines(lines: readonly ComparedLine[]): NumberedLine[] {
  let before = 0;
  let after = 0;
  return lines.map((line) => {
    if (line.kind !== 'added') before += 1;
    if (line.kind !== 'removed') after += 1;
    return {
      ...line,
      beforeNumber: line.kind === 'added' ? undefined : before,
      afterNumber: line.kind === 'removed' ? undefined : after,
    };
  });
}
