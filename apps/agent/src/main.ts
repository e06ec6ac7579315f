import { rmSync } from 'node:fs';
import { agentListenDescriptor } from '@strongroom/contracts';
import { openInheritedChannel } from './channel/open-channel.ts';
import { compose } from './compose.ts';
import { readEnvironment } from './environment.ts';

const environment = readEnvironment(process.env);
// Started by hand, descriptor 4 is whatever the shell left open.
const channel = environment.socketPath === undefined ? openInheritedChannel() : undefined;
const agent = compose(environment, { channel });

let closing = false;
async function shutDown(): Promise<void> {
  if (closing) return;
  closing = true;
  await agent.close();
  process.exit(0);
}

process.on('SIGTERM', () => void shutDown());
process.on('SIGINT', () => void shutDown());
channel?.on('shutdown', () => void shutDown());
// Nobody could reach this agent any more, nor could it start a kernel.
channel?.on('closed', () => void shutDown());

agent.server.once('listening', () => {
  channel?.notify({ notice: 'ready' });
  // Only a head start: a failure shows again, and is answered, when the page asks.
  agent.warmUp().catch(() => {});
});
if (environment.socketPath === undefined) {
  agent.server.listen({ fd: agentListenDescriptor });
} else {
  rmSync(environment.socketPath, { force: true });
  agent.server.listen(environment.socketPath);
}
