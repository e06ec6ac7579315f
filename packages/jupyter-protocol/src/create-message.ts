import { randomUUID } from 'node:crypto';
import type { MessageFrames } from './message-frames.ts';

export interface NewMessage {
  readonly type: string;
  readonly session: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** The header frame of the request it answers. */
  readonly parentHeader?: Buffer;
}

/** The messaging protocol's version that the messages made here follow. */
export const messagingVersion = '5.3';

const emptyObject = Buffer.from('{}');

export function createMessage(message: NewMessage): MessageFrames {
  const header = {
    msg_id: randomUUID(),
    msg_type: message.type,
    username: 'strongroom',
    session: message.session,
    date: new Date().toISOString(),
    version: messagingVersion,
  };
  return {
    header: Buffer.from(JSON.stringify(header)),
    parentHeader: message.parentHeader ?? emptyObject,
    metadata: emptyObject,
    content: Buffer.from(JSON.stringify(message.content)),
    buffers: [],
  };
}
