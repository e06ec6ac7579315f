export { type Channel, parseChannel } from './channel.ts';
export {
  allSocketPaths,
  type ConnectionInfo,
  endpointOf,
  formatConnectionFile,
  type SocketName,
  socketPathOf,
} from './connection-info.ts';
export { createMessage, messagingVersion, type NewMessage } from './create-message.ts';
export {
  decodeJsonMessage,
  encodeJsonMessage,
  type JsonWebSocketMessage,
} from './json-websocket-message.ts';
export { type MessageFrames, sizeBytesOf } from './message-frames.ts';
export {
  type MessageHeader,
  parseContent,
  parseHeader,
  parseParentHeader,
} from './message-header.ts';
export { MessageSigner } from './message-signer.ts';
export { ProtocolError, type ProtocolErrorCode } from './protocol-error.ts';
export {
  type ChannelMessage,
  decodeV1Message,
  encodeV1Message,
  v1WebSocketProtocol,
} from './v1-websocket-message.ts';
export { decodeWireMessage, encodeWireMessage } from './wire-message.ts';
