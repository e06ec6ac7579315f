/** Takes one piece. Where it returns a promise, the next piece is given when that has resolved. */
export type TakePiece = (piece: Uint8Array) => Promise<void> | undefined;

/**
 * Bytes that can also be had without a promise for each piece: on a fast connection these cost as much as
 * what is done with the bytes. Either way once.
 */
export interface PouredBytes extends AsyncIterable<Uint8Array> {
  /**
   * Resolves behind the last piece; rejects with what the source or `take` failed with, and only when
   * nothing that `take` began is under way.
   */
  pour(take: TakePiece): Promise<void>;
}

/** What is done with a stream on its way; it decides what of it is passed on, and when. */
export interface Stage {
  pass(piece: Uint8Array): Uint8Array | undefined;
  /** Once, behind the last piece. @returns what was held back */
  end(): Uint8Array | undefined;
}

export async function pour(source: AsyncIterable<Uint8Array>, take: TakePiece): Promise<void> {
  if (isPoured(source)) return source.pour(take);
  for await (const piece of source) await take(piece);
}

export function throughStage(source: AsyncIterable<Uint8Array>, stage: Stage): PouredBytes {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const piece of source) {
        const passed = stage.pass(piece);
        if (passed !== undefined) yield passed;
      }
      const last = stage.end();
      if (last !== undefined) yield last;
    },
    async pour(take) {
      await pour(source, (piece) => {
        const passed = stage.pass(piece);
        return passed === undefined ? undefined : take(passed);
      });
      const last = stage.end();
      if (last !== undefined) await take(last);
    },
  };
}

function isPoured(source: AsyncIterable<Uint8Array>): source is PouredBytes {
  return 'pour' in source;
}
