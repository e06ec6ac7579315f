import type { GitCommit } from '@strongroom/contracts';

export interface GraphLine {
  readonly from: number;
  readonly to: number;
  /** Counts branches as they appear; a view takes its colours in turn. */
  readonly colour: number;
}

/** One commit's row of the graph. */
export interface GraphRow {
  readonly lane: number;
  readonly colour: number;
  /** From the row's upper edge to its middle. */
  readonly above: readonly GraphLine[];
  /** From its middle to its lower edge. */
  readonly below: readonly GraphLine[];
  readonly laneCount: number;
}

interface Lane {
  /** The commit that the lane leads down to. */
  readonly commitId: string;
  readonly colour: number;
}

type Ancestry = Pick<GitCommit, 'commitId' | 'parents'>;

/** Lays commits out in lanes, children before parents, as they come. */
export function graphLanes(commits: readonly Ancestry[]): GraphRow[] {
  const rows: GraphRow[] = [];
  let lanes: readonly (Lane | null)[] = [];
  let colourCount = 0;
  const nextColour = () => colourCount++;
  for (const commit of commits) {
    const { row, after } = layOut(commit, lanes, nextColour);
    rows.push(row);
    lanes = after;
  }
  return rows;
}

function layOut(
  { commitId, parents }: Ancestry,
  before: readonly (Lane | null)[],
  nextColour: () => number,
): { row: GraphRow; after: readonly (Lane | null)[] } {
  const known = before.findIndex((lane) => lane?.commitId === commitId);
  const lane = known === -1 ? freeLane(before) : known;
  const colour = before[lane]?.colour ?? nextColour();
  const above = before.flatMap((each, from) =>
    each === null
      ? []
      : [{ from, to: each.commitId === commitId ? lane : from, colour: each.colour }],
  );
  const after = before.map((each) => (each?.commitId === commitId ? null : each));
  const below: GraphLine[] = after.flatMap((each, index) =>
    each === null ? [] : [{ from: index, to: index, colour: each.colour }],
  );
  for (const [index, parent] of parents.entries()) {
    const existing = after.findIndex((each) => each?.commitId === parent);
    const to = existing !== -1 ? existing : index === 0 ? lane : freeLane(after);
    const lineColour = after[to]?.colour ?? (index === 0 ? colour : nextColour());
    if (existing === -1) after[to] = { commitId: parent, colour: lineColour };
    below.push({ from: lane, to, colour: existing !== -1 && index === 0 ? colour : lineColour });
  }
  const laneCount = Math.max(before.length, after.length, lane + 1);
  return { row: { lane, colour, above, below, laneCount }, after: withoutEmptyEnd(after) };
}

function freeLane(lanes: readonly (Lane | null)[]): number {
  const free = lanes.indexOf(null);
  return free === -1 ? lanes.length : free;
}

function withoutEmptyEnd(lanes: readonly (Lane | null)[]): readonly (Lane | null)[] {
  return lanes.slice(0, lanes.findLastIndex((lane) => lane !== null) + 1);
}
