import { describe, expect, it } from 'vitest';
import { piecesOf, toBase64 } from './pieces.ts';

function streamOf(sizes: readonly number[], onCancel: () => void = () => undefined) {
  const rest = [...sizes];
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = rest.shift();
      if (size === undefined) controller.close();
      else controller.enqueue(new Uint8Array(size).fill(7));
    },
    cancel: onCancel,
  });
}

async function shapeOf(sizes: readonly number[]): Promise<string[]> {
  const shape: string[] = [];
  for await (const { bytes, isLast } of piecesOf(streamOf(sizes), 10)) {
    expect(bytes.every((byte) => byte === 7)).toBe(true);
    shape.push(`${bytes.length}${isLast ? ' last' : ''}`);
  }
  return shape;
}

describe('a stream in pieces', () => {
  it.each([
    { sizes: [], shape: ['0 last'] },
    { sizes: [3], shape: ['3 last'] },
    { sizes: [4, 6], shape: ['10 last'] },
    { sizes: [25], shape: ['10', '10', '5 last'] },
    { sizes: [7, 7, 7], shape: ['10', '10', '1 last'] },
    { sizes: [20], shape: ['10', '10 last'] },
  ])('has one last piece, and all before it are full: $sizes', async ({ sizes, shape }) => {
    expect(await shapeOf(sizes)).toEqual(shape);
  });

  it('ends the stream where it is not read to its end', async () => {
    let isCancelled = false;
    const stream = streamOf([30, 30], () => {
      isCancelled = true;
    });
    for await (const _ of piecesOf(stream, 10)) break;
    expect(isCancelled).toBe(true);
  });

  it('is written as base64, however long', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(toBase64(new Uint8Array())).toBe('');
  });
});
