/**
 * A test for relative keys. `*` stands for anything within one level, `**` for any number of levels,
 * `?` for one character, `[abc]` for one of these, `{a,b}` for either. A pattern without a slash is
 * tried on the last name at every level (`*.csv`); with one, on the whole relative key; with one at
 * its end, for all below that folder.
 */
export function compileGlob(pattern: string): (key: string) => boolean {
  const isForWhole = pattern.slice(0, -1).includes('/') || pattern === '**';
  const whole = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const anchored = isForWhole ? whole.replace(/^\//, '') : `**/${whole}`;
  const expression = new RegExp(`^${translate(anchored)}$`, 'su');
  return (key) => expression.test(key);
}

const tokens = /\*\*\/|\*\*|\*|\?|\[(!?)([^\]]+)\]|\{([^{}]*)\}|./gsu;

function translate(glob: string): string {
  return glob.replace(tokens, (token, negation?: string, set?: string, choices?: string) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (set !== undefined) return `[${negation ? '^' : ''}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
    if (choices !== undefined) return `(?:${choices.split(',').map(translate).join('|')})`;
    return token.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
  });
}
