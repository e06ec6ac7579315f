import type { JsonObject } from '@strongroom/notebook-diff';

/** Outputs as text: what is no text is told by its kind and size. Nothing in it is markup. */
export function outputText(outputs: readonly JsonObject[]): string {
  return outputs.map(oneOutput).join('\n');
}

function oneOutput(output: JsonObject): string {
  if (output.output_type === 'stream') return textOf(output.text);
  if (output.output_type === 'error') {
    return withoutColours(`${textOf(output.ename)}: ${textOf(output.evalue)}`);
  }
  const data = isObject(output.data) ? output.data : {};
  const others = Object.entries(data)
    .filter(([mediaType]) => mediaType !== 'text/plain')
    .map(([mediaType, value]) => `[${mediaType}, ${lengthOf(value)}]`);
  const plain = textOf(data['text/plain']);
  return [...(plain === '' ? [] : [plain]), ...others].join('\n');
}

/** ANSI escape sequences (ECMA-48), which a page would show as boxes. */
function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they begin with
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '');
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('');
  return typeof value === 'string' ? withoutColours(value) : '';
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : JSON.stringify(value).length;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
