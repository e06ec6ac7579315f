import { compileGlob } from './glob.ts';

/** Which relative keys an operation is about. */
export interface KeyFilterOptions {
  /** Globs; where given, only keys that one of them fits. See the README for how they are read. */
  readonly include?: readonly string[] | undefined;
  /** Globs; keys that one of them fits are left alone, also by `deleteExtraneous`. */
  readonly exclude?: readonly string[] | undefined;
}

export type KeyFilter = (relativeKey: string) => boolean;

export function compileKeyFilter({ include = [], exclude = [] }: KeyFilterOptions): KeyFilter {
  const included = include.map(compileGlob);
  const excluded = exclude.map(compileGlob);
  return (key) =>
    (included.length === 0 || included.some((fits) => fits(key))) &&
    !excluded.some((fits) => fits(key));
}
