import type { JudgedMutation } from './judge-mutations.ts';
import { toolNames } from './public-tools.ts';

/** A row for each mistake, and a last one with the sums; for a terminal and for Markdown alike. */
export function mutationTable(judged: readonly JudgedMutation[]): string {
  const header = ['mistake', 'breaks', 'Strongroom', ...toolNames];
  const rows = judged.map(({ mutation, isCaught, others }) => [
    `${mutation.mistake}${mutation.isUncaughtByOthers ? ' ★' : ''}`,
    `\`${mutation.breaks}\``,
    ...[isCaught, ...toolNames.map((tool) => others[tool])].map((caught) => (caught ? '✓' : '–')),
  ]);
  const sums = [
    `**caught of ${judged.length}**`,
    '',
    String(judged.filter(({ isCaught }) => isCaught).length),
    ...toolNames.map((tool) => String(judged.filter(({ others }) => others[tool]).length)),
  ];
  const all = [header, ...rows, sums];
  const widths = header.map((_, column) =>
    Math.max(...all.map((cells) => [...(cells[column] ?? '')].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length)).join(' | ')} |`;
  return [
    line(header),
    line(widths.map((width) => '-'.repeat(width))),
    ...[...rows, sums].map(line),
  ].join('\n');
}
