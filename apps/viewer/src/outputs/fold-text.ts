const maximumLines = 300;
const maximumLength = 30_000;

/** The part that is shown at once, and what is folded away. */
export function splitText(text: string): { head: string; rest: string; restLineCount: number } {
  let end = 0;
  for (let line = 0; line < maximumLines && end < text.length && end < maximumLength; line += 1) {
    const lineEnd = text.indexOf('\n', end);
    end = lineEnd === -1 ? text.length : lineEnd + 1;
  }
  end = Math.min(end, maximumLength);
  // A button for the last few lines would be in the way of them.
  if (text.length - end < 1_000 && countLines(text.slice(end)) < 20) end = text.length;
  const rest = text.slice(end);
  return { head: text.slice(0, end), rest, restLineCount: countLines(text) };
}

function countLines(text: string): number {
  let count = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
