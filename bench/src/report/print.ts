import { describeBound, type Measure, meetsBound, ratioOf } from './measure.ts';

const columns = ['measure', 'unit', 'ours', 'peer', 'ratio', 'bound', 'ok', 'peer is'] as const;

/** A table for people. */
export function formatTable(measures: readonly Measure[]): string {
  const rows = measures.map((measure) => [
    measure.measure,
    measure.unit,
    formatNumber(measure.ours),
    measure.peer === null ? '-' : formatNumber(measure.peer),
    formatRatio(ratioOf(measure)),
    describeBound(measure) ?? '-',
    meetsBound(measure) ? 'yes' : 'NO',
    measure.peerName ?? '-',
  ]);
  const widths = columns.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
    '\n',
  );
}

/** One JSON document a measure, for programs. */
export function formatJsonLines(measures: readonly Measure[]): string {
  return measures
    .map((measure) =>
      JSON.stringify({
        measure: measure.measure,
        unit: measure.unit,
        ours: round(measure.ours),
        peer: measure.peer === null ? null : round(measure.peer),
        peerName: measure.peerName,
        ratio: roundOrNull(ratioOf(measure)),
        bound: describeBound(measure),
        ok: meetsBound(measure),
      }),
    )
    .join('\n');
}

function formatNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

function formatRatio(ratio: number | null): string {
  return ratio === null ? '-' : ratio.toFixed(ratio < 0.1 ? 3 : 2);
}

function roundOrNull(value: number | null): number | null {
  return value === null ? null : round(value);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
