const prefixBytes = 2;

/** DNS messages in a stream, each after its length (RFC 1035, section 4.2.2). */
export class FramedMessages {
  readonly #maximumMessageBytes: number;
  #buffered: Buffer = Buffer.alloc(0);

  constructor(maximumMessageBytes: number) {
    this.#maximumMessageBytes = maximumMessageBytes;
  }

  /** What is whole now; `undefined` where a message is longer than any question. */
  read(chunk: Buffer): Buffer[] | undefined {
    this.#buffered = Buffer.concat([this.#buffered, chunk]);
    const messages: Buffer[] = [];
    while (this.#buffered.length >= prefixBytes) {
      const length = this.#buffered.readUInt16BE(0);
      if (length > this.#maximumMessageBytes) return undefined;
      const end = prefixBytes + length;
      if (this.#buffered.length < end) break;
      messages.push(this.#buffered.subarray(prefixBytes, end));
      this.#buffered = this.#buffered.subarray(end);
    }
    return messages;
  }
}

export function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt16BE(message.length);
  return Buffer.concat([prefix, message]);
}
