import { describe, expect, it } from 'vitest';
import { graphLanes } from './graph-lanes.ts';

const commit = (commitId: string, ...parents: string[]) => ({ commitId, parents });
const places = (commits: ReturnType<typeof commit>[]) =>
  graphLanes(commits).map(({ lane, below }) => [
    lane,
    below.map(({ from, to }) => `${from}-${to}`),
  ]);

describe('the graph of commits', () => {
  it('is one lane for a line of commits, which ends at the first', () => {
    const rows = graphLanes([commit('c', 'b'), commit('b', 'a'), commit('a')]);
    expect(rows.map(({ lane, colour }) => [lane, colour])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(rows[0]?.above).toEqual([]);
    expect(rows[2]?.below).toEqual([]);
  });

  it('opens a lane at a merge and closes it where the branches part', () => {
    const rows = places([
      commit('merge', 'left', 'right'),
      commit('right', 'root'),
      commit('left', 'root'),
      commit('root'),
    ]);
    expect(rows).toEqual([
      [0, ['0-0', '0-1']],
      [1, ['0-0', '1-1']],
      [0, ['1-1', '0-1']],
      [1, []],
    ]);
  });

  it('gives branches that never meet lanes and colours of their own', () => {
    const rows = graphLanes([commit('x', 'x1'), commit('y', 'y1'), commit('x1'), commit('y1')]);
    expect(rows.map(({ lane, colour }) => [lane, colour])).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
      [1, 1],
    ]);
  });

  it('uses a lane again that became free', () => {
    const rows = graphLanes([commit('x'), commit('y', 'y1'), commit('y1')]);
    expect(rows.map(({ lane }) => lane)).toEqual([0, 0, 0]);
    expect(rows.every(({ laneCount }) => laneCount === 1)).toBe(true);
  });

  it('draws several merges of one commit and an octopus without losing a line', () => {
    const rows = graphLanes([commit('o', 'a', 'b', 'c'), commit('c'), commit('b'), commit('a')]);
    expect(rows[0]?.below.map(({ to }) => to)).toEqual([0, 1, 2]);
    expect(rows.map(({ lane }) => lane)).toEqual([0, 2, 1, 0]);
  });
});
