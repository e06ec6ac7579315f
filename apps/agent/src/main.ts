import { rmSync } from 'node:fs';
import { agentListenDescriptor } from '@strongroom/contracts';
import { compose } from './compose.ts';
import { readEnvironment } from './environment.ts';

const environment = readEnvironment(process.env);
const agent = compose(environment);

let closing = false;
async function shutDown(): Promise<void> {
  if (closing) return;
  closing = true;
  await agent.close();
  process.exit(0);
}

process.on('SIGTERM', () => void shutDown());
process.on('SIGINT', () => void shutDown());

agent.server.once('listening', () => {
  // Only a head start: a failure shows again, and is answered, when the page asks.
  agent.warmUp().catch(() => {});
});
if (environment.socketPath === undefined) {
  agent.server.listen({ fd: agentListenDescriptor });
} else {
  rmSync(environment.socketPath, { force: true });
  agent.server.listen(environment.socketPath);
}
