import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';

/** A listening unix socket that is bound here and served by an agent. */
export interface ListeningSocket {
  /** Where the gateway connects to. No sandbox sees its folder, so none can put another there. */
  readonly path: string;
  /** To be inherited by the agent. */
  readonly server: Server;
  /** Closes this process's copy, or it would take connections from the agent. The path stays. */
  handedOver(): Promise<void>;
  remove(): Promise<void>;
}

export async function openListeningSocket(
  folder: string,
  profileName: ProfileName,
): Promise<ListeningSocket> {
  const path = join(folder, `${profileName}-${randomBytes(4).toString('hex')}.sock`);
  const boundPath = path.replace(/\.sock$/, '.new.sock');
  const server = createServer();
  server.listen(boundPath);
  await once(server, 'listening');
  // Node unlinks the path it bound when it closes its copy; under another name the socket stays.
  await rename(boundPath, path);
  let isOpen = true;
  const handedOver = async () => {
    if (!isOpen) return;
    isOpen = false;
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    path,
    server,
    handedOver,
    async remove() {
      await handedOver();
      await rm(path, { force: true });
    },
  };
}
