export type ProtocolErrorCode =
  | 'DelimiterMissing'
  | 'FramesMissing'
  | 'SignatureInvalid'
  | 'HeaderInvalid'
  | 'LayoutInvalid'
  | 'ChannelUnknown'
  | 'JsonInvalid'
  | 'SocketPathTooLong';

/** Bytes that are no Jupyter message. The peer that sent them is faulty or hostile. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
