import {
  type Channel,
  encodeV1Message,
  type MessageFrames,
  type MessageHeader,
  parseHeader,
  sizeBytesOf,
} from '@strongroom/jupyter-protocol';

/** What a slow or absent client can do without, least needed first. */
export type Importance = 'output' | 'publication' | 'essential';

const outputTypes: ReadonlySet<string> = new Set(['stream', 'display_data', 'update_display_data']);

/** Roughly what Node spends on a message's parts beside their bytes. */
const overheadBytes = 1024;

/** One message from a kernel to its clients; its header is parsed and its v1 form made once. */
export class KernelMessage {
  readonly channel: Channel;
  readonly frames: MessageFrames;
  readonly header: MessageHeader;
  readonly sizeBytes: number;
  #v1Bytes: Buffer | undefined;

  constructor(channel: Channel, frames: MessageFrames) {
    this.channel = channel;
    this.frames = frames;
    this.header = parseHeader(frames.header);
    this.sizeBytes = sizeBytesOf(frames) + overheadBytes;
  }

  /** Statuses and answers are never dropped: a cell that misses one never ends. */
  get importance(): Importance {
    const { messageType } = this.header;
    if (this.channel !== 'iopub' || messageType === 'status') return 'essential';
    return outputTypes.has(messageType) ? 'output' : 'publication';
  }

  get v1Bytes(): Buffer {
    this.#v1Bytes ??= encodeV1Message(this);
    return this.#v1Bytes;
  }
}
