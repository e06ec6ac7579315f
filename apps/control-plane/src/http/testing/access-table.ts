/** One thing that can be asked for, with what each kind of caller is answered. */
export interface AccessRow {
  readonly name: string;
  readonly answers: readonly (string | number)[];
}

/** A page of the access matrix, as `docs/access` shows it. */
export function accessTable(
  title: string,
  explanation: string,
  { callers, rows }: { readonly callers: readonly string[]; readonly rows: readonly AccessRow[] },
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    `# ${title}`,
    '',
    `${explanation} Generated from the routers by the test that walks it; do not edit it.`,
    '',
    line(['', ...callers]),
    line(['---', ...callers.map(() => '---')]),
    ...rows.map(({ name, answers }) => line([`\`${name}\``, ...answers])),
    '',
  ].join('\n');
}

/** Beside the guide: kept by the tests, and a difference fails them. */
export function accessPage(name: string): string {
  return new URL(`../../../../../docs/access/${name}.md`, import.meta.url).pathname;
}
