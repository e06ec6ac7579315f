import { type ChannelMessage, type MessageFrames, parseHeader } from '@strongroom/jupyter-protocol';
import type { KernelClient } from './kernel-client.ts';
import type { KernelVoice } from './kernel-voice.ts';

/**
 * A page that opens while a cell runs asks for the kernel's info first and shows nothing before it has
 * it. The kernel would answer after the cell; the agent knows the answer. Whether it has given it.
 */
export function answerKernelInfo(
  client: KernelClient,
  { channel, frames }: ChannelMessage,
  kernel: {
    readonly voice: KernelVoice;
    /** The kernel's own earlier answer. */
    readonly info: MessageFrames | undefined;
    /** The header frame of the request it works on. */
    readonly running: Buffer | undefined;
  },
): boolean {
  const { voice, info, running } = kernel;
  if (channel !== 'shell' || info === undefined || running === undefined) return false;
  if (parseHeader(frames.header).messageType !== 'kernel_info_request') return false;
  client.deliver(voice.createKernelInfoReply(info, frames.header));
  client.deliver(voice.createStatus('busy', frames.header));
  client.deliver(voice.createStatus('idle', frames.header));
  client.deliver(voice.createStatus('busy', running));
  return true;
}
