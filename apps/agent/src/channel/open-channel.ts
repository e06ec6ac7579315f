import { fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import { agentChannelDescriptor } from '@strongroom/contracts';
import { ControlPlaneChannel } from './control-plane-channel.ts';

/** The inherited channel; `undefined` where the agent was started by hand, without one. */
export function openInheritedChannel(): ControlPlaneChannel | undefined {
  if (!isSocket(agentChannelDescriptor)) return undefined;
  return new ControlPlaneChannel(
    new Socket({ fd: agentChannelDescriptor, readable: true, writable: true }),
  );
}

function isSocket(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isSocket();
  } catch {
    return false;
  }
}
