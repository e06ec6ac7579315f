export interface Piece {
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

/** A stream cut to pieces of one size, the last one shorter or empty; one piece is held at a time. */
export async function* piecesOf(
  stream: ReadableStream<Uint8Array>,
  pieceBytes: number,
): AsyncGenerator<Piece> {
  const reader = stream.getReader();
  let piece = new Uint8Array(pieceBytes);
  let filledBytes = 0;
  let isEnded = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (let rest = value; rest.length > 0; ) {
        // Only once more is there: whether a full piece is the last one shows then.
        if (filledBytes === pieceBytes) {
          yield { bytes: piece, isLast: false };
          piece = new Uint8Array(pieceBytes);
          filledBytes = 0;
        }
        const part = rest.subarray(0, pieceBytes - filledBytes);
        piece.set(part, filledBytes);
        filledBytes += part.length;
        rest = rest.subarray(part.length);
      }
    }
    isEnded = true;
    yield { bytes: piece.subarray(0, filledBytes), isLast: true };
  } finally {
    if (!isEnded) await reader.cancel().catch(() => undefined);
  }
}

const charactersAtOnce = 32 * 1024;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += charactersAtOnce) {
    text += String.fromCharCode(...bytes.subarray(start, start + charactersAtOnce));
  }
  return btoa(text);
}
