import type { Readable } from 'node:stream';

const keptCharacters = 4_096;

/** The end of what a stream says, however much that is. */
export function collectText(stream: Readable): () => string {
  let text = '';
  stream.on('error', () => undefined);
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-keptCharacters);
  });
  return () => text;
}
