import { Script } from 'node:vm';

/**
 * The code of a cell with its outermost `const`, `let` and `class` as variables that a later run of the
 * cell may declare again, as in browsers' consoles. Where that would not be the same program any more,
 * the code stays as it is.
 */
export function redeclarable(code: string): string {
  const edits = outermostDeclarations(code);
  let text = code;
  for (const { start, word, name } of edits.reverse()) {
    const replacement = word === 'class' ? `var ${name} = class` : 'var';
    text = text.slice(0, start) + replacement + text.slice(start + word.length);
  }
  return edits.length > 0 && isScript(text) ? text : code;
}

interface Declaration {
  readonly start: number;
  readonly word: 'const' | 'let' | 'class';
  readonly name: string;
}

/** At the beginning of a line, outside every bracket, text and comment. */
function outermostDeclarations(code: string): Declaration[] {
  const found: Declaration[] = [];
  let depth = 0;
  let isLineStart = true;
  for (let index = 0; index < code.length; index += 1) {
    const skipped = lengthOfText(code, index);
    if (skipped > 0) {
      index += skipped - 1;
      isLineStart = false;
      continue;
    }
    const character = code[index] ?? '';
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    if (depth === 0 && isLineStart) {
      const [, word, name = ''] = declaration.exec(code.slice(index, index + 256)) ?? [];
      if (word !== undefined) found.push({ start: index, word: word as 'const', name });
    }
    if (character === '\n' || character === ';') isLineStart = true;
    else if (!/\s/.test(character)) isLineStart = false;
  }
  return found;
}

const declaration = /^(const|let|class)\s+([\w$]*)/;

/** Of the comment, string or template that begins there; 0 where none does. */
function lengthOfText(code: string, index: number): number {
  const rest = code.slice(index);
  const comment = /^(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest)?.[0];
  if (comment !== undefined) return comment.length;
  const text = /^(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`)/.exec(rest);
  return text?.[0].length ?? 0;
}

/** `await` is allowed at the top of a cell and nowhere else in a script. */
function isScript(code: string): boolean {
  try {
    new Script(`(async () => {\n${code}\n})`);
    return true;
  } catch {
    return false;
  }
}
