/** A stretch of text in one look. */
export interface AnsiSpan {
  readonly text: string;
  readonly classes: readonly string[];
  readonly color: string | undefined;
  readonly background: string | undefined;
}

interface Look {
  foreground: number | string | undefined;
  background: number | string | undefined;
  isBold: boolean;
  isItalic: boolean;
  isUnderlined: boolean;
  isInverse: boolean;
}

const plain: Look = {
  ...{ foreground: undefined, background: undefined },
  ...{ isBold: false, isItalic: false, isUnderlined: false, isInverse: false },
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const sequences = /\x1b\[([0-9;]*)([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;

/**
 * Text with "Select Graphic Rendition" (ECMA-48, section 8.3.117) as spans, with what a carriage return
 * or a backspace overwrites taken out, as JupyterLab and terminals show it.
 */
export function parseAnsi(text: string): readonly AnsiSpan[] {
  const spans: AnsiSpan[] = [];
  let look = plain;
  let start = 0;
  const source = overwrite(text);
  for (const match of source.matchAll(sequences)) {
    if (match.index > start) spans.push(toSpan(source.slice(start, match.index), look));
    start = match.index + match[0].length;
    if (match[2] === 'm') look = applyCodes(look, (match[1] ?? '').split(';').map(Number));
  }
  if (start < source.length) spans.push(toSpan(source.slice(start), look));
  return spans;
}

const overwritten = /[^\n\b][\b]/g;

function overwrite(text: string): string {
  if (!/[\r\b]/.test(text)) return text;
  let result = text.replaceAll(/\r+\n/g, '\n');
  while (overwritten.test(result)) result = result.replaceAll(overwritten, '');
  return result
    .replaceAll(/\r+$/gm, '')
    .replaceAll(/^.*\r+/gm, '')
    .replaceAll('\b', '');
}

function applyCodes(before: Look, codes: number[]): Look {
  let look = { ...before };
  for (let code = codes.shift(); code !== undefined; code = codes.shift()) {
    if (code === 0) look = { ...plain };
    else if (code === 1) look.isBold = true;
    else if (code === 3) look.isItalic = true;
    else if (code === 4) look.isUnderlined = true;
    else if (code === 7) look.isInverse = true;
    else if (code === 21 || code === 22) look.isBold = false;
    else if (code === 23) look.isItalic = false;
    else if (code === 24) look.isUnderlined = false;
    else if (code === 27) look.isInverse = false;
    else if (code >= 30 && code <= 37) look.foreground = code - 30;
    else if (code >= 90 && code <= 97) look.foreground = code - 82;
    else if (code === 38) look.foreground = extendedColor(codes);
    else if (code === 39) look.foreground = undefined;
    else if (code >= 40 && code <= 47) look.background = code - 40;
    else if (code >= 100 && code <= 107) look.background = code - 92;
    else if (code === 48) look.background = extendedColor(codes);
    else if (code === 49) look.background = undefined;
  }
  return look;
}

/** `5;n` of a palette of 256, or `2;r;g;b`. Takes its numbers off `codes`. */
function extendedColor(codes: number[]): number | string | undefined {
  const kind = codes.shift();
  const byte = () => Math.min(Math.max(codes.shift() ?? 0, 0), 255);
  if (kind === 2) return `rgb(${byte()}, ${byte()}, ${byte()})`;
  if (kind !== 5) return undefined;
  const index = byte();
  if (index < 16) return index;
  if (index >= 232)
    return `rgb(${Array(3)
      .fill((index - 232) * 10 + 8)
      .join(', ')})`;
  const levels = [0, 95, 135, 175, 215, 255];
  const cube = index - 16;
  const parts = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
  return `rgb(${parts.map((part) => levels[part]).join(', ')})`;
}

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

function toSpan(text: string, look: Look): AnsiSpan {
  const { isInverse } = look;
  const foreground = isInverse ? (look.background ?? 'inverse') : look.foreground;
  const background = isInverse ? (look.foreground ?? 'inverse') : look.background;
  return {
    text,
    classes: [
      ...(look.isBold ? ['ansi-bold'] : []),
      ...(look.isItalic ? ['ansi-italic'] : []),
      ...(look.isUnderlined ? ['ansi-underline'] : []),
      ...colorClass(foreground, 'foreground'),
      ...colorClass(background, 'background'),
    ],
    color: ownColor(foreground),
    background: ownColor(background),
  };
}

function colorClass(color: number | string | undefined, part: string): readonly string[] {
  if (color === 'inverse') return [`ansi-inverse-${part}`];
  if (typeof color !== 'number') return [];
  return [`ansi-${names[color % 8]}${color >= 8 ? '-intense' : ''}-${part}`];
}

function ownColor(color: number | string | undefined): string | undefined {
  return typeof color === 'string' && color !== 'inverse' ? color : undefined;
}
