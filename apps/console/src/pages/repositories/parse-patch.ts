export type PatchLine =
  | { readonly kind: 'hunk'; readonly text: string }
  | {
      readonly kind: 'same' | 'added' | 'deleted';
      readonly text: string;
      readonly beforeNumber?: number;
      readonly afterNumber?: number;
      /** The last line of its side, and without a line break. */
      readonly hasNoEnd?: boolean;
    };

const hunkPattern = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@ ?/;
const kinds = { ' ': 'same', '+': 'added', '-': 'deleted' } as const;

/** The lines of unified hunks with their numbers (POSIX, diff, "Diff -u or -U Output Format"). */
export function parsePatch(patch: string): PatchLine[] {
  const lines: PatchLine[] = [];
  let before = 0;
  let after = 0;
  for (const line of patch.replace(/\n$/, '').split('\n')) {
    const hunk = hunkPattern.exec(line);
    if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      lines.push({ kind: 'hunk', text: line });
      continue;
    }
    if (line.startsWith('\\')) {
      const last = lines.pop();
      if (last) lines.push(last.kind === 'hunk' ? last : { ...last, hasNoEnd: true });
      continue;
    }
    const kind = kinds[line[0] as keyof typeof kinds];
    if (kind === undefined) continue;
    const text = line.slice(1);
    if (kind === 'same') lines.push({ kind, text, beforeNumber: before++, afterNumber: after++ });
    else if (kind === 'added') lines.push({ kind, text, afterNumber: after++ });
    else lines.push({ kind, text, beforeNumber: before++ });
  }
  return lines;
}
