import type { ProbeResult, ProbeState } from './probe.ts';

const states: readonly ProbeState[] = ['fail', 'unknown', 'pass'];

/** A line for each thing that was looked at, in columns. */
export function tableLines(results: readonly ProbeResult[]): string[] {
  const cells = results.map(({ state, probe, subject, detail }) => [
    ...[state, probe, subject ?? '-'],
    detail.replace(/\s+/g, ' '),
  ]);
  const widths = [0, 1, 2].map((column) =>
    Math.max(0, ...cells.map((line) => (line[column] ?? '').length)),
  );
  return cells.map((line) =>
    line.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell)).join('  '),
  );
}

export function summaryLine(results: readonly ProbeResult[]): string {
  const counts = states.map(
    (state) => `${results.filter((result) => result.state === state).length} ${state}`,
  );
  return `${results.length} checked: ${counts.join(', ')}`;
}

/** For programs; the same as the table. */
export function toJson(
  results: readonly ProbeResult[],
  about: { readonly checkedAt: string; readonly isAttack: boolean },
): string {
  const { checkedAt, isAttack: attack } = about;
  return JSON.stringify({ checkedAt, attack, results }, null, 2);
}
