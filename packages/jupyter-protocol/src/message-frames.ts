/**
 * One Jupyter message as the JSON bytes its parts travel in. They are forwarded as they came:
 * re-encoding would cost time and could change what the sender signed.
 */
export interface MessageFrames {
  readonly header: Buffer;
  readonly parentHeader: Buffer;
  readonly metadata: Buffer;
  readonly content: Buffer;
  /** Raw binary parts, for example of widgets. */
  readonly buffers: readonly Buffer[];
}

/** The four JSON parts in the order that is signed and sent. */
export function jsonFramesOf(frames: MessageFrames): [Buffer, Buffer, Buffer, Buffer] {
  return [frames.header, frames.parentHeader, frames.metadata, frames.content];
}

export function sizeBytesOf(frames: MessageFrames): number {
  let sizeBytes = 0;
  for (const frame of jsonFramesOf(frames)) sizeBytes += frame.length;
  for (const buffer of frames.buffers) sizeBytes += buffer.length;
  return sizeBytes;
}
