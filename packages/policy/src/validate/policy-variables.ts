/** A `${…}` as it is written in a value. */
export interface WrittenVariable {
  readonly text: string;
  /** Undefined for the fixed characters `${*}`, `${?}` and `${$}`. */
  readonly key?: string;
  readonly problem?: 'open' | 'empty' | 'malformed';
}

const fixedCharacters: readonly string[] = ['*', '?', '$'];
/** `aws:PrincipalTag/team`, with a default value after a comma or without one. */
const contentPattern = /^([^\s,'{}$]+)(?:,\s*'[^']*')?$/;
const variablePattern = /\$\{[^}]*\}?/g;

export function findVariables(text: string): readonly WrittenVariable[] {
  return (text.match(variablePattern) ?? []).map(readVariable);
}

/** The text with every variable replaced by `*`: what it may become. */
export function widenVariables(text: string): string {
  return text.replace(variablePattern, '*');
}

function readVariable(text: string): WrittenVariable {
  if (!text.endsWith('}')) return { text, problem: 'open' };
  const content = text.slice(2, -1);
  if (fixedCharacters.includes(content)) return { text };
  if (content.trim() === '') return { text, problem: 'empty' };
  const key = contentPattern.exec(content)?.[1];
  return key === undefined ? { text, problem: 'malformed' } : { text, key };
}
