/** `*`, or a part of an ARN form that varies: any run of characters, some perhaps excepted. */
interface Run {
  readonly except: string;
}

/** Exactly one character, whichever. */
export const oneCharacter = Symbol('?');

/** A pattern as single characters and what stands for others. */
export type PatternToken = string | typeof oneCharacter | Run;
export type Pattern = readonly PatternToken[];

/** Is there a text that both patterns match? At most in time of the product of their lengths. */
export function patternsOverlap(one: Pattern, other: Pattern): boolean {
  // Positions in the other pattern up to which one text can match both beginnings.
  let reached = withEmptyRuns([0], other);
  for (const token of one) {
    reached = advance(token, reached, other);
    if (reached.size === 0) return false;
  }
  return reached.has(other.length);
}

function advance(token: PatternToken, reached: Set<number>, other: Pattern): Set<number> {
  return isRun(token)
    ? withEmptyRuns(throughRun(token, reached, other), other)
    : withEmptyRuns(throughCharacter(token, reached, other), other);
}

/** A run may be empty, or take what the other pattern has next, again and again. */
function* throughRun(run: Run, reached: Set<number>, other: Pattern): Iterable<number> {
  const start = Math.min(...reached);
  let taking = false;
  for (let position = start; position <= other.length; position += 1) {
    taking = reached.has(position) || taking;
    if (taking) yield position;
    const next = other[position];
    taking = taking && next !== undefined && mayTake(run, next);
  }
}

function* throughCharacter(
  token: string | typeof oneCharacter,
  reached: Set<number>,
  other: Pattern,
): Iterable<number> {
  for (const position of reached) {
    const next = other[position];
    if (next === undefined) continue;
    if (isRun(next)) {
      if (mayTake(next, token)) yield position;
    } else if (token === oneCharacter || next === oneCharacter || token === next) {
      yield position + 1;
    }
  }
}

/** A run of the other pattern may be empty as well. */
function withEmptyRuns(positions: Iterable<number>, other: Pattern): Set<number> {
  const reached = new Set<number>();
  for (const position of positions) {
    let end = position;
    reached.add(end);
    for (let next = other[end]; next !== undefined && isRun(next); next = other[end]) {
      end += 1;
      reached.add(end);
    }
  }
  return reached;
}

function mayTake(run: Run, token: PatternToken): boolean {
  return typeof token !== 'string' || !run.except.includes(token);
}

function isRun(token: PatternToken): token is Run {
  return typeof token === 'object';
}
