import type { GraphLine, GraphRow } from '../model/graph-lanes.ts';

const laneWidth = 12;
const rowHeight = 42;
const colourCount = 6;
/** More lanes than this are drawn on top of each other rather than push the text away. */
const maximumLanes = 12;

/** A commit's part of the graph; colours are the stylesheet's. */
export function GraphCell({ row }: { readonly row: GraphRow }) {
  const width = Math.min(row.laneCount, maximumLanes) * laneWidth + 4;
  const middle = rowHeight / 2;
  return (
    <svg
      className="sr-GitGraph"
      width={width}
      height={rowHeight}
      viewBox={`0 0 ${width} ${rowHeight}`}
      aria-hidden="true"
    >
      {row.above.map((line) => (
        <Line key={`a${line.from}-${line.to}`} line={line} top={0} bottom={middle} />
      ))}
      {row.below.map((line) => (
        <Line key={`b${line.from}-${line.to}`} line={line} top={middle} bottom={rowHeight} />
      ))}
      <circle cx={centreOf(row.lane)} cy={middle} r={4} data-colour={row.colour % colourCount} />
    </svg>
  );
}

/** Beside an open commit's details: the lanes that go on below them. */
export function GraphThrough({ row }: { readonly row: GraphRow }) {
  const lanes = new Map(row.below.map(({ to, colour }) => [to, colour]));
  const width = Math.min(row.laneCount + 1, maximumLanes) * laneWidth + 4;
  return (
    <svg className="sr-GitGraph sr-GitGraph-through" width={width} aria-hidden="true">
      {[...lanes].map(([lane, colour]) => (
        <line
          key={lane}
          x1={centreOf(lane)}
          x2={centreOf(lane)}
          y1="0"
          y2="100%"
          data-colour={colour % colourCount}
        />
      ))}
    </svg>
  );
}

interface LineProps {
  readonly line: GraphLine;
  readonly top: number;
  readonly bottom: number;
}

function Line({ line, top, bottom }: LineProps) {
  const from = centreOf(line.from);
  const to = centreOf(line.to);
  const half = (top + bottom) / 2;
  return (
    <path
      d={`M${from} ${top}C${from} ${half} ${to} ${half} ${to} ${bottom}`}
      data-colour={line.colour % colourCount}
    />
  );
}

function centreOf(lane: number): number {
  return Math.min(lane, maximumLanes - 1) * laneWidth + 8;
}
