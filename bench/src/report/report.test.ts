import { describe, expect, it } from 'vitest';
import { type Measure, meetsBound, ratioOf } from './measure.ts';
import { median, percentile } from './percentile.ts';
import { formatJsonLines, formatTable } from './print.ts';

const faster: Measure = {
  measure: 'first result',
  unit: 'ms',
  ours: 400,
  peer: 1600,
  peerName: 'JupyterHub',
  bound: { kind: 'ratio', most: 0.5 },
};

describe('a bound', () => {
  it('on the ratio is met up to and including its limit', () => {
    expect(ratioOf(faster)).toBe(0.25);
    expect(meetsBound(faster)).toBe(true);
    expect(meetsBound({ ...faster, ours: 800 })).toBe(true);
    expect(meetsBound({ ...faster, ours: 801 })).toBe(false);
  });

  it('on the ratio or the difference is missed where there is no peer to compare with', () => {
    expect(meetsBound({ ...faster, peer: null })).toBe(false);
    expect(meetsBound({ ...faster, peer: null, bound: { kind: 'difference', most: 1 } })).toBe(
      false,
    );
  });

  it('on what is better the more it is is met from its limit up', () => {
    const rate: Measure = { ...faster, unit: 'MB/s', bound: { kind: 'share', least: 0.25 } };
    expect(meetsBound(rate)).toBe(true);
    expect(meetsBound({ ...rate, ours: 399 })).toBe(false);
    expect(meetsBound({ ...rate, peer: null })).toBe(false);
  });

  it('on the value needs no peer', () => {
    const alone: Measure = { ...faster, peer: null, bound: { kind: 'value', most: 400 } };
    expect(meetsBound(alone)).toBe(true);
    expect(meetsBound({ ...alone, ours: 400.1 })).toBe(false);
  });

  it('that is absent is always met', () => {
    expect(meetsBound({ ...faster, ours: 9_999, bound: null })).toBe(true);
  });
});

describe('the report', () => {
  it('writes one JSON document a measure with the agreed keys', () => {
    const [line = ''] = formatJsonLines([faster]).split('\n');
    expect(JSON.parse(line)).toEqual({
      measure: 'first result',
      unit: 'ms',
      ours: 400,
      peer: 1600,
      peerName: 'JupyterHub',
      ratio: 0.25,
      bound: '<= 0.5 x peer',
      ok: true,
    });
  });

  it('says NO in the table where a bound is missed', () => {
    expect(formatTable([{ ...faster, ours: 1_000 }])).toContain('| NO ');
    expect(formatTable([faster])).not.toContain('| NO ');
  });
});

describe('the median', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('needs a value', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  it('is the fiftieth percentile', () => {
    const values = Array.from({ length: 101 }, (_, index) => index);
    expect(percentile(values, 0.5)).toBe(50);
    expect(percentile(values, 0.99)).toBe(99);
  });
});
