import type { Comparison } from './comparison.ts';

export interface ComparisonQuestion {
  /** JSON as it is stored. */
  readonly before: string;
  readonly after: string;
}

export type ComparisonAnswer =
  | { readonly state: 'compared'; readonly comparison: Comparison }
  | { readonly state: 'unreadable'; readonly side: 'before' | 'after' };
