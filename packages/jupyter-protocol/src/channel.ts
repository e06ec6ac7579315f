import { ProtocolError } from './protocol-error.ts';

/** The channels a WebSocket client sees; the heartbeat is between server and kernel only. */
export type Channel = 'shell' | 'iopub' | 'stdin' | 'control';

const channels: ReadonlySet<string> = new Set<Channel>(['shell', 'iopub', 'stdin', 'control']);

/** Throws `ChannelUnknown`. */
export function parseChannel(name: unknown): Channel {
  if (typeof name !== 'string' || !channels.has(name)) {
    throw new ProtocolError('ChannelUnknown', 'The message names no channel of the protocol');
  }
  return name as Channel;
}
