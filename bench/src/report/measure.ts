/** What must hold for a measure to be good enough. */
type Bound =
  /** Of what is better the more it is: at least so much of the peer's. */
  | { kind: 'share'; least: number }
  /** The others are upper ones. */
  | { kind: 'ratio'; most: number }
  | { kind: 'difference'; most: number }
  | { kind: 'value'; most: number };

/** One line of the result: ours beside a named peer, measured in the same run. */
export interface Measure {
  measure: string;
  unit: 'µs' | 'ms' | 'MB' | 's' | 'count' | 'MB/s' | '1/s';
  ours: number;
  /** Null where no peer has this at all. */
  peer: number | null;
  peerName: string | null;
  bound: Bound | null;
}

export function ratioOf({ ours, peer }: Measure): number | null {
  return peer === null || peer === 0 ? null : ours / peer;
}

export function meetsBound(measure: Measure): boolean {
  const { bound, ours, peer } = measure;
  if (bound === null) return true;
  switch (bound.kind) {
    case 'value':
      return ours <= bound.most;
    case 'difference':
      return peer !== null && ours - peer <= bound.most;
    case 'ratio': {
      const ratio = ratioOf(measure);
      return ratio !== null && ratio <= bound.most;
    }
    case 'share': {
      const ratio = ratioOf(measure);
      return ratio !== null && ratio >= bound.least;
    }
  }
}

export function describeBound({ bound, unit }: Measure): string | null {
  if (bound === null) return null;
  switch (bound.kind) {
    case 'value':
      return `<= ${bound.most} ${unit}`;
    case 'difference':
      return `<= peer + ${bound.most} ${unit}`;
    case 'ratio':
      return `<= ${bound.most} x peer`;
    case 'share':
      return `>= ${bound.least} x peer`;
  }
}
