const stringPattern = /"(?:[^"\\]|\\.)*"/y;

/**
 * The first key that an object has twice, in text that JSON.parse accepted. JSON.parse keeps the
 * last of two; a second "Condition" would silently remove the first.
 */
export function findDuplicateKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let position = 0;
  while (position < text.length) {
    const character = text.charAt(position);
    if (character === '"') {
      const end = stringEnd(text, position);
      const key = keyAt(text, position, end);
      const keys = open.at(-1);
      if (key !== undefined && keys !== undefined) {
        if (keys.has(key)) return key;
        keys.add(key);
      }
      position = end;
      continue;
    }
    if (character === '{') open.push(new Set());
    if (character === '[') open.push(undefined);
    if (character === '}' || character === ']') open.pop();
    position += 1;
  }
  return undefined;
}

function stringEnd(text: string, start: number): number {
  stringPattern.lastIndex = start;
  return stringPattern.test(text) ? stringPattern.lastIndex : text.length;
}

/** A string is a key when a colon follows it. Escapes are read, so `\u0041` equals `A`. */
function keyAt(text: string, start: number, end: number): string | undefined {
  let next = end;
  while (next < text.length && ' \t\r\n'.includes(text.charAt(next))) next += 1;
  return text.charAt(next) === ':' ? String(JSON.parse(text.slice(start, end))) : undefined;
}
