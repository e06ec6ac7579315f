import { open } from 'node:fs/promises';
import { connect } from 'node:net';

/** Whether one listens in that data folder. A folder that is not there has none. */
export async function isControlPlaneRunning(dataFolder: string): Promise<boolean> {
  const folder = await open(dataFolder, 'r').catch(() => undefined);
  if (folder === undefined) return false;
  try {
    // A socket's address holds 107 bytes (unix(7)); this one is short however deep the folder lies.
    const path = `/proc/self/fd/${folder.fd}/operator.sock`;
    return await new Promise<boolean>((resolve) => {
      const socket = connect(path);
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      // Anything but "nobody is there" is taken for running.
      socket.once('error', ({ code }: NodeJS.ErrnoException) =>
        resolve(code !== 'ENOENT' && code !== 'ECONNREFUSED'),
      );
    });
  } finally {
    await folder.close();
  }
}
